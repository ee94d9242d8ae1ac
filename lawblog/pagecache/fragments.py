"""What many pages share, the firm's record and the footer for two, is made once in a
snapshot: for as long as neither a change nor the clock alters it."""

from contextvars import ContextVar

from django.db import DatabaseError, connection

from lawblog.database.router import on_primary

from .snapshot import clock

# The snapshot in which the request that is being answered began.
begun = ContextVar("begun", default=None)


def middleware(get_response):
    """Notes when a request began: a page may read something, and make a fragment of it
    after a change. What is kept belongs to the snapshot in which the page began."""

    def in_its_snapshot(request):
        token = begun.set(snapshot_of(request))
        try:
            return get_response(request)
        finally:
            begun.reset(token)

    return in_its_snapshot


def snapshot_of(request):
    if request.method not in ("GET", "HEAD") or connection.in_atomic_block:
        return None
    try:
        return clock.now()
    except DatabaseError:
        # The page's own reading says so.
        return None


def cached_fragment(key, make):
    """What make() returns, which is not None, kept until something changes or much else
    is kept. All threads share it: do not alter it. Raises what make() raises."""
    snapshot = begun.get()
    if snapshot is None:
        # A transaction sees what others do not see yet.
        if connection.in_atomic_block:
            return make()
        snapshot = clock.now()
    value = snapshot.fragments.get(key)
    if value is None:
        # The snapshot may have begun after the replica was found to be as new as that.
        with on_primary():
            value = make()
        # Made while something changed, it may be of before: good for this page alone.
        if snapshot is clock.now():
            snapshot.keep(key, value)
    return value
