"""Which guesses are counted together."""

from django.http import HttpRequest

from . import rate_limit
from .accounts import find
from .known_browsers import browser_number


def count_guess(request: HttpRequest, what: str, name: str) -> str:
    """Count a guess at somebody's password or code, or that a link for a new one was
    asked for; the key for rate_limit.forget(). Raises
    rate_limit.HeldBack.

    An account is counted under one key, whichever of its names was typed, and a browser
    in which it signed in before under a key of its own. A made-up name is counted as
    any other, so that nobody learns which names there are.
    """
    person = find(name)
    browser = browser_number(request, person.pk if person else None)
    whose = f"account {person.pk}" if person else f"name {name}"
    return rate_limit.count(f"{what} of {whose} in browser {browser or 'unknown'}")
