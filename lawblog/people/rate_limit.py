"""Slows down guessing, then blocks it for a while. One table for all workers.

Each account is counted by itself, and so is each made-up name: nobody's guesses hold
back anybody else. A browser in which the account signed in before has a count of its
own (known_browsers.py): while somebody guesses, the attorney still gets in from there.
"""

import math
import time

from django.db.models import Case, F, Q, When
from django.utils.crypto import salted_hmac

from .models import Attempts

WINDOW_SECONDS = 15 * 60
MAX_ATTEMPTS = 10  # attempts within a window
# Seconds that must pass after the so-manyth attempt before there can be another.
PAUSES = {5: 2, 6: 4, 7: 8, 8: 16, 9: 32}


class HeldBack(Exception):
    """There were too many attempts. `seconds`: until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"held back for {seconds} s")
        self.seconds = seconds


def count(what: str) -> str:
    """Count an attempt before it is looked at, so that those made at the same moment
    are counted too. Its key, for forget(). Raises HeldBack.

    what: like "password of account 7"; kept as a hash. Outside a transaction: what was
    counted must stay counted, whatever becomes of the request.
    """
    key, now = hashed(what), math.floor(time.time())
    row = Attempts.objects.filter(pk=key)
    Attempts.objects.bulk_create([Attempts(key=key, since=now)], ignore_conflicts=True)
    # Or the clock was set back, by more than machines differ from each other.
    over = Q(since__lte=now - WINDOW_SECONDS) | Q(since__gt=now + WINDOW_SECONDS)
    row.filter(over).update(count=0, since=now, open_at=0)
    # One statement, so that of many at once not one more gets through than may.
    pause = Case(
        *(When(count=n - 1, then=now + s) for n, s in PAUSES.items()), default=0
    )
    free = row.filter(count__lt=MAX_ATTEMPTS, open_at__lte=now)
    if free.update(open_at=pause, count=F("count") + 1):
        return key
    raise HeldBack(seconds_left(row.get(), now))


def seconds_left(row: Attempts, now: int) -> int:
    end = row.since + WINDOW_SECONDS if row.count >= MAX_ATTEMPTS else row.open_at
    return max(1, end - now)


def forget(key: str) -> None:
    """The guess was right: forget earlier failures."""
    Attempts.objects.filter(pk=key).delete()


def first_time(what: str) -> bool:
    """Whether this is the first time within a window; for codes that work once."""
    key, now = hashed(what), math.floor(time.time())
    Attempts.objects.filter(pk=key, since__lte=now - WINDOW_SECONDS).delete()
    mine = Attempts.objects.get_or_create(pk=key, defaults={"since": now})
    return mine[1]


def purge() -> str | None:
    """Drop what no longer counts. A sentence, or None: there was nothing."""
    old = Attempts.objects.filter(since__lte=math.floor(time.time()) - WINDOW_SECONDS)
    gone, _ = old.delete()
    return f"Old counts of sign-ins removed: {gone:,}." if gone else None


def hashed(what: str) -> str:
    # Now and then somebody types the password where the name goes.
    return salted_hmac("brake", what.casefold(), algorithm="sha256").hexdigest()
