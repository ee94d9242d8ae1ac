"""Asks for password or second factor again before anything that a stolen session must
not do."""

import secrets
import time
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse

from . import second_factors
from .access import View
from .inside_allauth import authentication_records

FRESH_SECONDS = 5 * 60
# In the session: what was pressed and waits for the answer.
PRESSED = "pressed"
# In a request's META, where no header can put it: what is done now was asked for.
ASKED = "lawblog.asked"
OVERTAKEN = (
    "Nothing was changed: something else was pressed meanwhile. Press it once more."
)


def reauthentication_required(view: View) -> View:
    """For people, factors, passwords and ownership: the password, a code or a passkey
    is asked for, unless that was done just now; then what was sent is done."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        return (
            view(request, *args, **named)
            if is_fresh(request)
            else ask_to_reauthenticate(request)
        )

    return page


def is_fresh(request: HttpRequest) -> bool:
    """Whether something was shown again within five minutes. Signing in does not count:
    a session may be stolen at once. It does for whoever is on the way to the first
    second factor, to whom nothing else is open yet."""
    user = request.user
    if not isinstance(user, User):
        return False
    enrolling = second_factors.must_set_up_factor(request, user)
    return any(
        time.time() - record["at"] < FRESH_SECONDS
        for record in authentication_records(request, user)
        if enrolling or record.get("reauthenticated")
    )


def was_reauthenticated_for_this(request: HttpRequest) -> bool:
    """Whether the password, a code or a passkey was shown for this very press: for what
    cannot be taken back, and must not ride on what was shown for something else."""
    return ASKED in request.META


def ask_to_reauthenticate(request: HttpRequest) -> HttpResponse:
    """To the page that asks, or of strangers to the sign-in. What was pressed waits in
    the session, without anything of the request besides; a new password never does: it
    is typed again."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('admin:login')}?{urlencode({'next': request.path})}")
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        raise PermissionDenied
    page = request.path
    if request.method == "POST" and "new_password1" not in request.POST:
        form = request.POST.copy()
        form.pop("csrfmiddlewaretoken", None)
        # Whoever has stolen the session can press in its owner's place meanwhile, but
        # not know the number in the address at which the owner is asked.
        page = f"{page}?pressed={secrets.token_urlsafe(12)}"
        request.session[PRESSED] = {"page": page, "form": form.urlencode()}
    return redirect(f"{ways[0]['url']}?{urlencode({'next': page})}")


def renew_session_key(request: HttpRequest) -> None:
    """A new key for the session, now that something was shown in it: whoever copied it
    before has a key that opens nothing, and does not ride on what was shown."""
    request.session.cycle_key()


def resume_request(request: HttpRequest, page: str) -> HttpResponse | None:
    """Do what was pressed, now that it was asked for; None: nothing was, but a page was
    to be opened."""
    path, _, number = page.partition("?pressed=")
    pressed = request.session.pop(PRESSED, None)
    if not number:
        return None
    if not pressed or pressed["page"] != page:
        messages.warning(request, OVERTAKEN)
        return redirect("admin:index")
    request.path = request.path_info = path
    request.GET, request.POST = QueryDict(), QueryDict(pressed["form"])
    request.META[ASKED] = "yes"
    match = resolve(path)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response
