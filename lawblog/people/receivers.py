"""Receivers of sign-ins, and of second factors that are added or removed."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest

from lawblog.records.acting import Actor, actor_of
from lawblog.records.ledger import append

from . import second_factors, sessions
from .account_changed import FACTOR, tell
from .reauthentication import renew_session_key

KINDS = {
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def connect_receivers() -> None:
    """Called once, when the apps are loaded."""
    user_logged_in.connect(signed_in)
    authenticator_added.connect(added)
    authenticator_removed.connect(removed)
    authenticator_reset.connect(renewed)
    authentication_failed.connect(wrong_code)


def signed_in(request: HttpRequest | None, **kwargs: object) -> None:
    if request is not None:
        sessions.begin(request)


def added(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    changed("second factor added", request, user, authenticator)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        second_factors.note_factor_used(request, user, authenticator)
        renew_session_key(request)


def removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    changed("second factor removed", request, user, authenticator)


def renewed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    changed("recovery codes renewed", request, user, authenticator)


def changed(kind: str, request: HttpRequest, user: User, factor: Authenticator) -> None:
    """On record; and whoever is signed in elsewhere shows the new factor, or is out."""
    with transaction.atomic():
        sessions.end_all(user, keep=request.session.session_key)
        # Of the first one, nobody needs to be told; codes change nothing by themselves.
        others = second_factors.of_user(user).exclude(pk=factor.pk)
        if others.exists() and factor.type != Authenticator.Type.RECOVERY_CODES:
            tell(user, FACTOR)
        append(kind, {"account": user.pk, "factor": KINDS[factor.type]})


def wrong_code(user: User, **kwargs: object) -> None:
    facts = {"account": user.pk, "how": "second factor"}
    with transaction.atomic():
        append("sign-in refused", facts, by=Actor(None, ""), note=actor_of(user).name)
