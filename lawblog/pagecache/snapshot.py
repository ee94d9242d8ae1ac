"""A snapshot: the time in which neither a change nor the clock alters any page.

Pages are kept in their snapshot, so that what was rendered in one cannot be served in
another.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from lawblog.database import timeouts
from lawblog.database.router import on_primary
from lawblog.models import SiteVersion

from .change_flag import change_flag
from .expiry import next_change
from .outage import CHECK_SECONDS, DatabaseAway, Outage
from .redis_listener import start_listening
from .responses import Page

# A few hundred bytes each.
MAX_FRAGMENTS = 2000
# How many seconds another machine's change may go unseen. On this machine the change
# flag tells at once; the look also makes up for a flag that was lost in a crash.
LOOK_EVERY_SECONDS = 1


class Snapshot:
    """version: the site's; begins, ends: seconds since 1970."""

    def __init__(self, version: int | None, begins: float, ends: float) -> None:
        self.version, self.begins, self.ends = version, begins, ends
        # By path and query; their size is in bytes.
        self.pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self.size = 0
        self.fragments: dict[Hashable, Any] = {}
        self.keeping = threading.Lock()
        # What the change flag and time.monotonic() were at the last look.
        self.flag: object = object()
        self.looked: float = 0

    def keep(self, key: Hashable, fragment: object) -> None:
        """The oldest one makes room; if it is on every page, it is soon made again."""
        with self.keeping:
            if len(self.fragments) >= MAX_FRAGMENTS:
                del self.fragments[next(iter(self.fragments))]
            self.fragments[key] = fragment

    def is_current(self, seconds: float) -> bool:
        """Whether nothing changed on this machine, its time is not over, and the last
        look into the database is no older than that. A clock that is set back ends it
        as well."""
        return (
            change_flag.read() == self.flag
            and self.begins <= time.time() < self.ends
            and 0 <= time.monotonic() - self.looked < seconds
        )


class Snapshots:
    """The present snapshot, found anew when it ends; one for each process."""

    def __init__(self) -> None:
        self.snapshot, self.lock = Snapshot(None, 0, 0), threading.Lock()
        self.outage = Outage(query_version)

    def current(self) -> Snapshot:
        """The present Snapshot; while the database is away the last one, as long as it
        stands. Raises DatabaseAway after that."""
        if self.snapshot.is_current(LOOK_EVERY_SECONDS):
            return self.snapshot
        return self.refresh() if self.outage.since is None else self.last_known()

    def refresh(self) -> Snapshot:
        """As current(), after a look into the database."""
        with self.lock:
            # Whoever waited here meanwhile need not look as well.
            if self.snapshot.is_current(LOOK_EVERY_SECONDS):
                return self.snapshot
            if self.outage.since is None:
                start_listening()
                try:
                    self.snapshot = self.load()
                    return self.snapshot
                except Error as error:
                    self.outage.begin(error)
            return self.last_known()

    def last_known(self) -> Snapshot:
        if not self.snapshot.is_current(settings.AWAY_SECONDS):
            raise DatabaseAway
        return self.snapshot

    def load(self) -> Snapshot:
        """The present Snapshot as the database has it: the last one if it goes on."""
        change_flag.open()
        # The flag first: a change that is committed after the version was read will
        # then show in the next comparison of the flag.
        flag, looked = change_flag.read(), time.monotonic()
        now, snapshot = timezone.now(), self.snapshot
        with limited_query(timeouts.READER_SECONDS):
            version = SiteVersion.objects.current()
            timely = snapshot.begins <= now.timestamp() < snapshot.ends
            if version != snapshot.version or not timely:
                snapshot = Snapshot(version, now.timestamp(), next_change(now))
        snapshot.flag, snapshot.looked = flag, looked
        return snapshot


def query_version() -> None:
    """Looks whether the database is back. Raises Error if it is not."""
    with limited_query(CHECK_SECONDS, looking=True):
        SiteVersion.objects.current()


@contextmanager
def limited_query(seconds: float, looking: bool = False) -> Iterator[None]:
    """Asks the primary, outside of any request, with so much patience."""
    with timeouts.waiting(seconds, looking), on_primary():
        drop_old_connections()
        try:
            yield
        finally:
            drop_old_connections()


def drop_old_connections() -> None:
    """Not within a transaction, which is whoever asks's: Django would end it."""
    if not connection.in_atomic_block:
        close_old_connections()


# This process's.
snapshots = Snapshots()
timeouts.when_slow(snapshots.outage.suspect)
