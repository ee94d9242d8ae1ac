"""Who is doing this: the person signed in at the desk, or the command that runs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Actor:
    """Who a line names: an account's number (None: no account) and a name."""

    id: int | None
    name: str


Who = Any  # a user, an Actor, the name of a program, or None: whoever is acting now

_acting: ContextVar[Callable[[], Who] | None] = ContextVar("acting", default=None)


def actor_of(who: Who) -> Actor:
    """The Actor for a user, a program's name or None (whoever is acting now)."""
    if who is None:
        return current()
    if isinstance(who, Actor):
        return who
    if isinstance(who, str):
        return Actor(None, who)
    if not who.is_authenticated:
        return Actor(None, "nobody signed in")
    name = who.get_full_name().strip()
    # A user name like "attorney" names nobody.
    return Actor(who.pk, name or f"account {who.pk}, which has no full name")


def approver(user: Who) -> Actor:
    """Who lets something through. ValidationError without a full name: the record
    never says "attorney"."""
    if not user.get_full_name().strip():
        raise ValidationError(
            "Your account has no full name, and the record has to say who approved. "
            "Enter your full name under “Your account”, then approve."
        )
    return actor_of(user)


def current() -> Actor:
    """Whoever is acting now; outside the desk the command, as far as it is known."""
    get = _acting.get()
    if get:
        return actor_of(get())
    program, *arguments = sys.argv or [""]
    if PurePath(program).name in ("manage.py", "django-admin") and arguments:
        return Actor(None, f"manage.py {arguments[0]}")
    return Actor(None, "not known")


@contextmanager
def acting_as(get: Callable[[], Who]) -> Iterator[None]:
    """Whatever is recorded within was done by whoever get() gives then."""
    token = _acting.set(get)
    try:
        yield
    finally:
        _acting.reset(token)


Respond = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: Respond) -> Respond:
    """Stands inside the middleware that says who is signed in, which is only asked
    when something is recorded."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "user"):
            return get_response(request)
        # Asked late: signing in changes it.
        with acting_as(lambda: request.user):
            return get_response(request)

    return respond
