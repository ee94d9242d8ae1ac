"""A snapshot: the span in which neither a change nor the clock alters any page.

Its pages are kept in it, so that what was rendered in one snapshot cannot be served in
another.
"""

import threading
import time
from collections import OrderedDict

from django.db import close_old_connections
from django.utils import timezone

from lawblog.database.router import on_primary

from .change_flag import change_flag
from .expiry import next_change
from .redis_listener import start_listening

# What pages share, of all lists together: a few hundred bytes each.
MOST_FRAGMENTS = 2000
# How long another machine's change may go unseen, in seconds. On this machine the
# change flag says so at once; this look also makes good one lost in a crash.
LOOK_AGAIN = 1


class Snapshot:
    def __init__(self, version, begins, ends):
        self.version, self.begins, self.ends = version, begins, ends
        self.pages, self.size = OrderedDict(), 0
        self.fragments, self.keeping = {}, threading.Lock()
        self.flag, self.looked = object(), 0

    def keep(self, key, fragment):
        """The oldest makes room; what is on every page is made again at once."""
        with self.keeping:
            if len(self.fragments) >= MOST_FRAGMENTS:
                del self.fragments[next(iter(self.fragments))]
            self.fragments[key] = fragment

    def goes_on(self):
        """Nothing changed on this machine, it is still its time, and the last look
        into the database is recent. A clock set back ends a snapshot as well."""
        return (
            change_flag.read() == self.flag
            and self.begins <= time.time() < self.ends
            and 0 <= time.monotonic() - self.looked < LOOK_AGAIN
        )


class Clock:
    """Gives the snapshot that is now."""

    def __init__(self):
        self.snapshot, self.lock = Snapshot(None, 0, 0), threading.Lock()

    def now(self):
        """The present Snapshot. Raises DatabaseError when no database answers."""
        return self.snapshot if self.snapshot.goes_on() else self.look()

    def look(self):
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

    def read(self):
        from lawblog.models import SiteVersion

        change_flag.open()
        # In this order: a change that is committed after the second is seen by the
        # next comparison of the first.
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
