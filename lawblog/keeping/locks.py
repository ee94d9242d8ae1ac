"""Locks: one at a time, on this machine and, with PostgreSQL, on all machines."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def only_one(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Yields whether nobody else is within; the lock ends with the process, however it
    ends. PostgreSQL's holds for a session: not through a pooler of transactions. wait:
    until whoever is within has left."""
    with (Path(settings.VAR_DIR) / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        if connection.vendor != "postgresql":
            yield True
            return
        with _advisory(zlib.crc32(f"lawblog {name}".encode()), wait) as alone:
            yield alone


@contextmanager
def _advisory(number: int, wait: bool) -> Iterator[bool]:
    lock = "pg_advisory_lock(%s) IS NOT NULL" if wait else "pg_try_advisory_lock(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}", [number])  # noqa: S608 - one of two of ours
        (alone,) = cursor.fetchone()
    # Whoever closes connections that are old (CONN_MAX_AGE) would let go of it.
    until, connection.close_at = connection.close_at, None
    try:
        yield alone
    finally:
        connection.close_at = until
        # A connection that is gone has let go of it.
        if alone and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
