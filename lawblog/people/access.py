"""The desk's layout around the sign-in pages, and decorators for who may see them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import second_factors
from .accounts import user_of

View = Callable[..., HttpResponse]


def layout_context(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what Django's own pages of the desk are given."""
    at_door = request.path == reverse("account_login")
    if not (at_door or request.path.startswith(reverse("mfa_index"))):
        return {}
    context = admin.site.each_context(request)
    if not second_factors.is_fully_signed_in(request, request.user):
        context |= {"has_permission": False, "available_apps": []}
        context |= {"is_nav_sidebar_enabled": False}
    return {**context, "title": "", "subtitle": "", "is_popup": False}


def sign_in_required(view: View) -> View:
    """For pages of one's own account: whoever is not signed in is asked to."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return redirect(f"{reverse('admin:login')}?next={request.path}")
        return view(request, *args, **named)

    return page


def second_factor_required(view: View) -> View:
    """For what only a session with its second factor may do."""

    @wraps(view)
    @sign_in_required
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not second_factors.is_fully_signed_in(request, user_of(request)):
            return redirect("second-factor")
        return view(request, *args, **named)

    return page
