"""Who is signed in where, and how a session ends: at the latest after
SESSION_COOKIE_AGE (settings)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import second_factors
from .models import DeskSession
from .session_engine import SIGNED_IN_AT


@dataclass(frozen=True)
class Session:
    """`number`: what a form names it by, never its key."""

    number: str
    is_this: bool
    since: datetime | None


def person(request: HttpRequest) -> User | AnonymousUser:
    """Who may use the desk by this session: nobody where a second factor is due and the
    session was opened without it, also before the factor was set."""
    user = get_user(request)
    if second_factors.is_fully_signed_in(request, user) or may_enroll(request, user):
        return user
    return AnonymousUser()


def may_enroll(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Whether somebody without any second factor is at the pages that set one up."""
    at_account = request.path.startswith(reverse("mfa_index"))
    return (
        at_account
        and isinstance(user, User)
        and not second_factors.of_user(user).exists()
    )


def begin(request: HttpRequest) -> None:
    """Note when it began, for the list. Called by receivers.signed_in()."""
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()


def of(user: User, request: HttpRequest) -> list[Session]:
    """This browser first, then the newest."""
    rows = _open(user).order_by("-signed_in_at", "pk")
    mine = request.session.session_key
    found = [Session(_number(row), row.pk == mine, row.signed_in_at) for row in rows]
    return sorted(found, key=lambda session: not session.is_this)


def end(user: User, number: str) -> bool:
    """End one of an account's sessions; whether there was one."""
    found = [row for row in _open(user) if _number(row) == number]
    return bool(found and found[0].delete()[0])


def end_all(user: User, keep: str | None = None) -> int:
    """End an account's sessions but for the one with the key `keep`; how many.

    A request of an ended session that is under way cannot bring it back: Django's store
    refuses to save a row that is gone.
    """
    rows = DeskSession.objects.filter(account_id=user.pk)
    return rows.exclude(pk=keep).delete()[0]


def _open(user: User) -> QuerySet[DeskSession]:
    rows = DeskSession.objects.filter(account_id=user.pk).exclude(signed_in_at=None)
    return rows.filter(expire_date__gt=timezone.now())


def _number(row: DeskSession) -> str:
    return salted_hmac("session", row.pk, algorithm="sha256").hexdigest()[:16]
