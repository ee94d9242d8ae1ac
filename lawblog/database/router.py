"""Which database a query goes to, where there is a read replica (replica.py)."""

from contextlib import contextmanager
from contextvars import ContextVar

from lawblog.pagecache.version import PRINTED_APPS

PRIMARY, REPLICA = "default", "replica"

# Whether this request may be read from the replica.
reading = ContextVar("reading from the replica", default=False)


@contextmanager
def on_primary():
    """Whatever is read within is as new as can be: what the page store keeps for
    longer than one request, and the moments at which a snapshot ends."""
    token = reading.set(False)
    try:
        yield
    finally:
        reading.reset(token)


class Router:
    """Tables that public pages print may be read from the replica; no other."""

    def db_for_read(self, model, **hints):
        ours = model._meta.app_label in PRINTED_APPS
        return REPLICA if ours and reading.get() else PRIMARY

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return False if db == REPLICA else None
