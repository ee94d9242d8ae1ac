"""Who is signed in."""

from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest


def user_of(request: HttpRequest) -> User:
    """The account behind a request to the desk, which admin_view() lets nobody else
    reach."""
    return cast(User, request.user)


_attorneys_rights: set[str] = set()


def attorneys_have(right: str) -> None:
    """By this right ("app.change_model") an attorney is known: staff never have it."""
    _attorneys_rights.add(right)


def is_attorney(user: User | AnonymousUser) -> bool:
    return any(map(user.has_perm, _attorneys_rights))
