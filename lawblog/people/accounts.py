"""Looks accounts up: who is signed in, and whose name or address was typed."""

from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import HttpRequest


def user_of(request: HttpRequest) -> User:
    """The account behind a request to the desk, which admin_view() lets nobody else
    reach."""
    return cast(User, request.user)


def find(name: str) -> User | None:
    """The account with this user name or e-mail address, ignoring case. None if there
    is none, or more than one."""
    found = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name))[:2]
    return found[0] if name and len(found) == 1 else None


def name_of(user: User) -> str:
    """As colleagues read it: the full name, or what the account signs in with."""
    return user.get_full_name().strip() or user.get_username()


def lock_accounts() -> None:
    """Until the transaction ends nobody else adds, renames or closes an account."""
    list(User.objects.select_for_update(no_key=True).order_by("pk"))


_attorneys_rights: set[str] = set()


def register_attorney_right(right: str) -> None:
    """By this right ("app.change_model") an attorney is known: staff never have it."""
    _attorneys_rights.add(right)


def is_attorney(user: User | AnonymousUser) -> bool:
    return any(map(user.has_perm, _attorneys_rights))
