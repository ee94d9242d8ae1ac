"""Which database a query goes to when there is a read replica (replica.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from lawblog.pagecache.version import is_printed

PRIMARY, REPLICA = "default", "replica"

# Whether this request may be read from the replica.
reading = ContextVar("reading from the replica", default=False)


@contextmanager
def on_primary() -> Iterator[None]:
    """Within it, reads go to the primary: for what is kept longer than one request, and
    to learn when a snapshot ends."""
    token = reading.set(False)
    try:
        yield
    finally:
        reading.reset(token)


class Router:
    """Only tables that public pages print may be read from the replica."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        printed = is_printed(model._meta.app_label)
        return REPLICA if printed and reading.get() else PRIMARY

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == REPLICA else None
