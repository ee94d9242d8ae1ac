"""What many pages share, the firm's record and the footer for two, is made once in an
epoch: for as long as neither a change nor the clock alters it."""

from contextvars import ContextVar

from django.db import DatabaseError, connection

from lawblog.database.router import on_primary

from .snapshot import clock

# The epoch in which the request that is being answered began.
begun = ContextVar("begun", default=None)


def middleware(get_response):
    """Notes when a request began: a page may read something, and make a part of it
    after a change. What is kept belongs to the epoch in which the page began to read.
    """

    def in_its_epoch(request):
        token = begun.set(epoch_of(request))
        try:
            return get_response(request)
        finally:
            begun.reset(token)

    return in_its_epoch


def epoch_of(request):
    if request.method not in ("GET", "HEAD") or connection.in_atomic_block:
        return None
    try:
        return clock.now()
    except DatabaseError:
        # The page's own reading says so.
        return None


def part(key, make):
    """What make() returns, which is not None, kept until something changes or much else
    is kept. All threads share it: do not alter it. Raises what make() raises."""
    epoch = begun.get()
    if epoch is None:
        # A transaction sees what others do not see yet.
        if connection.in_atomic_block:
            return make()
        epoch = clock.now()
    value = epoch.parts.get(key)
    if value is None:
        # The epoch may have begun after the replica was found to be as new as that.
        with on_primary():
            value = make()
        # Made while something changed, it may be of before: good for this page alone.
        if epoch is clock.now():
            epoch.keep(key, value)
    return value
