"""The pages on which somebody signs in."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lawblog.desk.not_allowed import typed

from . import second_factors
from .inside_allauth import clear_login
from .rate_limit import HeldBack

# Seconds for which somebody who began to sign in may go on.
SIGN_IN_SECONDS = 15 * 60


class SignIn(LoginView):
    template_name = "admin/account/sign_in.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **named: Any
    ) -> HttpResponseBase:
        user = get_user(request)
        if isinstance(user, User) and second_factors.must_set_up_factor(request, user):
            # Where there is a factor, it is asked for by signing in anew.
            return redirect("second-factor")
        response: HttpResponseBase = super().dispatch(request, *args, **named)
        return response


class SignInByPasskey(LoginWebAuthnView):
    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **named)
        if not request.user.is_authenticated:
            # What the passkey is to sign lies in a session, which anybody can begin.
            request.session.set_expiry(SIGN_IN_SECONDS)
        return response

    def get_authenticated_redirect_url(self) -> str:
        return reverse("admin:index")


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Back to the name and the password, for whoever is asked for a code."""
    clear_login(request)
    return redirect("admin:login")


def held_back(request: HttpRequest, error: HeldBack) -> HttpResponse:
    """429, with the time after which the next attempt is looked at."""
    context = {"seconds": error.seconds, "minutes": -(-error.seconds // 60)}
    response = render(
        request, "admin/account/too_many_attempts.html", context, status=429
    )
    response["Retry-After"] = str(error.seconds)
    return response


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: a form without its cookie, or from an old page."""
    has_cookie = bool(request.COOKIES)
    # What another site sent is not printed here.
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {"has_cookie": has_cookie, "typed": typed(request) if ours else []}
    return render(request, "admin/account/no_cookie.html", context, status=403)


def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/account/account_closed.html", status=403)


def to_account(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("mfa_index"))
