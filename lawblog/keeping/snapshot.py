"""One consistent read: all that is read within was committed at one moment, and nobody
who writes meanwhile has to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Wraps reads of the default database. Within a transaction it adds nothing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _sqlite():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            # Has to be the first statement.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _sqlite() -> Iterator[None]:
    # The site's own transactions take the write lock when they begin (settings): a
    # reader of some seconds must not.
    connection.ensure_connection()
    # Only SQLite's has a transaction_mode.
    wrapper: Any = connection
    usual, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        wrapper.transaction_mode = usual
