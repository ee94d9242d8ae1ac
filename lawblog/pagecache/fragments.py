"""What many pages share, such as the footer, is made once in a snapshot: for as long as
neither a change nor the clock alters it."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import TypeVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase

from lawblog.database.router import on_primary

from .snapshot import Snapshot, snapshots

Fragment = TypeVar("Fragment")
# The snapshot in which the request that is being answered began.
begun: ContextVar[Snapshot | None] = ContextVar("begun", default=None)


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Notes the snapshot in which a request began, to which its fragments belong: a
    page may read something before a change and make a fragment of it afterwards."""

    def in_its_snapshot(request: HttpRequest) -> HttpResponseBase:
        token = begun.set(snapshot_of(request))
        try:
            return get_response(request)
        finally:
            begun.reset(token)

    return in_its_snapshot


def snapshot_of(request: HttpRequest) -> Snapshot | None:
    """The present snapshot, if fragments may be kept during the request."""
    if request.method not in ("GET", "HEAD") or connection.in_atomic_block:
        return None
    try:
        return snapshots.current()
    except DatabaseError:
        # The page itself will run into it and say so.
        return None


def cached_fragment(key: Hashable, make: Callable[[], Fragment]) -> Fragment:
    """What make() returns, which is not None, kept until something changes or newer
    fragments need the room. All threads share it: do not alter it. Raises what make()
    raises."""
    snapshot = begun.get()
    if snapshot is None:
        # A transaction sees what others do not see yet.
        if connection.in_atomic_block:
            return make()
        snapshot = snapshots.current()
    value: Fragment | None = snapshot.fragments.get(key)
    if value is None:
        # The replica may be older than the snapshot, which may have begun since.
        with on_primary():
            value = make()
        # If something changed meanwhile, it may be out of date: for this page alone.
        if snapshot is snapshots.current():
            snapshot.keep(key, value)
    return value
