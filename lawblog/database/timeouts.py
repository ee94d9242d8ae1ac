"""How long the site waits for PostgreSQL: when it serves, not in commands.

A running server ends what takes too long by itself (SET below). When it is hung (a
stopped process, a dead disk) nothing helps but a wait of our own: measured with
psycopg2 2.9, neither connect_timeout nor statement_timeout nor tcp_user_timeout ended a
query to a stopped server, since its kernel goes on to confirm what it was sent.
"""

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg2
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg2.extensions import POLL_OK, POLL_READ, set_wait_callback

# Seconds for one answer of the database, by who waits for it.
READER_SECONDS, DESK_SECONDS = 1.5, 15.0
GLANCE_SECONDS = 0.25
SET_LIMITS = """
    SET statement_timeout = '20s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '60s'
"""


class KnownAway(psycopg2.OperationalError):
    """Raised without asking the database, since it is known to be away."""


class NotAnswered(psycopg2.OperationalError):
    """What was asked took too long: the question may be to blame, or the database."""


class Limit:
    """A request waits in vain only once: after that, every wait fails at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.is_over = seconds, False


_limit: ContextVar[Limit | None] = ContextVar("how long to wait", default=None)
# While the database is known to be away only those ask it that look whether it is back.
is_away = False
_suspect: Callable[[], object] = list  # until somebody wants to know
_looking: ContextVar[bool] = ContextVar("looks whether it is back", default=False)


@contextmanager
def waiting(seconds: float, looking: bool = False) -> Iterator[None]:
    """Within it, each answer of the database may take `seconds`. looking: ask even
    while it is known to be away."""
    token, other = _limit.set(Limit(seconds)), _looking.set(looking)
    try:
        yield
    finally:
        _limit.reset(token)
        _looking.reset(other)


def when_slow(function: Callable[[], object]) -> None:
    """Registers what finds out whether the database hangs, when the desk has waited for
    as long as a reader would: what takes long there may do so. Must not wait itself."""
    global _suspect
    _suspect = function


def found_away(away: bool) -> None:
    """From now on nobody waits for the database, or everybody does again."""
    global is_away
    is_away = away


def wait(connection: Any) -> None:
    """psycopg2's wait callback: raises OperationalError instead of waiting for ever.

    connection: one of psycopg2's, which it closes itself when this raises.
    """
    limit = _limit.get() or Limit(READER_SECONDS)
    began = time.monotonic()
    until, suspects = began + limit.seconds, not _looking.get()
    while (state := connection.poll()) != POLL_OK:
        if limit.is_over or is_away and not _looking.get():
            raise KnownAway("The database is away.")
        if time.monotonic() >= until:
            limit.is_over = True
            raise NotAnswered("The database does not answer.")
        if suspects and time.monotonic() >= began + READER_SECONDS:
            suspects = False
            _suspect()
        event = select.POLLIN if state == POLL_READ else select.POLLOUT
        poll = select.poll()
        poll.register(connection.fileno(), event)
        # Not for all of the time: somebody else may find out that it is away.
        poll.poll(max(0, min(until - time.monotonic(), GLANCE_SECONDS)) * 1000)


def limit_statements(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of connection_created. Not among the options of the connection, which a
    pooler refuses."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(SET_LIMITS)


def set_up() -> None:
    """Set it up for this process, which can then use neither COPY nor large objects."""
    if any("postgresql" in d["ENGINE"] for d in settings.DATABASES.values()):
        set_wait_callback(wait)
        connection_created.connect(limit_statements)
