"""A snapshot: the time in which neither a change nor the clock alters any page.

Pages are kept in their snapshot, so that what was rendered in one cannot be served in
another.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from lawblog.database.router import on_primary
from lawblog.models import SiteVersion

from .change_flag import change_flag
from .expiry import next_change
from .redis_listener import start_listening
from .responses import Page

# A few hundred bytes each.
MOST_FRAGMENTS = 2000
# How many seconds another machine's change may go unseen. On this machine the change
# flag tells at once; the look also makes up for a flag that was lost in a crash.
LOOK_AGAIN = 1


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
            if len(self.fragments) >= MOST_FRAGMENTS:
                del self.fragments[next(iter(self.fragments))]
            self.fragments[key] = fragment

    def goes_on(self) -> bool:
        """Whether nothing changed on this machine, its time is not over, and the last
        look into the database is recent. A clock that is set back ends it as well."""
        return (
            change_flag.read() == self.flag
            and self.begins <= time.time() < self.ends
            and 0 <= time.monotonic() - self.looked < LOOK_AGAIN
        )


class Clock:
    """Tells the present snapshot."""

    def __init__(self) -> None:
        self.snapshot, self.lock = Snapshot(None, 0, 0), threading.Lock()

    def now(self) -> Snapshot:
        """The present Snapshot. Raises DatabaseError when no database answers."""
        return self.snapshot if self.snapshot.goes_on() else self.look()

    def look(self) -> Snapshot:
        """As now(), after a look into the database."""
        with self.lock:
            if not self.snapshot.goes_on():
                start_listening()
                close_old_connections()
                try:
                    with on_primary():
                        self.snapshot = self.read()
                finally:
                    close_old_connections()
            return self.snapshot

    def read(self) -> Snapshot:
        """The present Snapshot as the database has it: the last one if it goes on."""
        change_flag.open()
        # The flag first: a change that is committed after the version was read will
        # then show in the next comparison of the flag.
        flag, looked = change_flag.read(), time.monotonic()
        now, snapshot = timezone.now(), self.snapshot
        version = SiteVersion.objects.current()
        timely = snapshot.begins <= now.timestamp() < snapshot.ends
        if version != snapshot.version or not timely:
            snapshot = Snapshot(version, now.timestamp(), next_change(now))
        snapshot.flag, snapshot.looked = flag, looked
        return snapshot


# This process's.
clock = Clock()
