"""Asking again, before what a stolen session must not do."""

import time
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from . import factors
from .frame import View
from .inside_allauth import authentication_records

FRESH = 5 * 60  # seconds


def asked_again(view: View) -> View:
    """For people, factors, passwords and ownership: the password, a code or a passkey
    is asked for, unless that was done just now; then what was sent is done."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **named)

    return page


def is_fresh(request: HttpRequest) -> bool:
    """Whether something was shown again within five minutes. Signing in does not count:
    a session may be stolen at once. It does for whoever is on the way to the first
    second factor, to whom nothing else is open yet."""
    user = request.user
    if not isinstance(user, User):
        return False
    enrolling = factors.lacks(request, user)
    return any(
        time.time() - record["at"] < FRESH
        for record in authentication_records(request, user)
        if enrolling or record.get("reauthenticated")
    )
