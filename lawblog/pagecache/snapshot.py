"""An epoch: the span in which neither a change nor the clock alters any page.

Its pages are kept in it, so that what was rendered in one epoch cannot be served in
another.
"""

import threading
import time
from collections import OrderedDict
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from lawblog.database.router import on_primary
from lawblog.dates import beginning_of

from .change_flag import stamp
from .redis_listener import listen_to_others

# What pages share, of all lists together: a few hundred bytes each.
MOST_PARTS = 2000
# How long another machine's change may go unseen, in seconds. On this machine the
# stamp says so at once; this look also makes good a stamp lost in a crash.
LOOK_AGAIN = 1

_moments = []


def changes_at(function):
    """Registers function(now) → aware datetimes (or None) after now at which time
    alone changes a public page."""
    _moments.append(function)
    return function


@changes_at
def midnight(now):
    """ "Overdue" notices and closures of the day turn with the local date."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return [beginning_of(tomorrow)]


def end_of(now):
    """When time alone next changes some page, in seconds since 1970."""
    moments = [moment for function in _moments for moment in function(now) if moment]
    return min(moments).timestamp()


class Epoch:
    def __init__(self, generation, begins, ends):
        self.generation, self.begins, self.ends = generation, begins, ends
        self.pages, self.size = OrderedDict(), 0
        self.parts, self.keeping = {}, threading.Lock()
        self.seen, self.looked = object(), 0

    def keep(self, key, part):
        """The oldest makes room; what is on every page is made again at once."""
        with self.keeping:
            if len(self.parts) >= MOST_PARTS:
                del self.parts[next(iter(self.parts))]
            self.parts[key] = part

    def goes_on(self):
        """Nothing changed on this machine, it is still its time, and the last look
        into the database is recent. A clock set back ends an epoch as well."""
        return (
            stamp.read() == self.seen
            and self.begins <= time.time() < self.ends
            and 0 <= time.monotonic() - self.looked < LOOK_AGAIN
        )


class Clock:
    """Gives the epoch that is now."""

    def __init__(self):
        self.epoch, self.lock = Epoch(None, 0, 0), threading.Lock()

    def now(self):
        """The present Epoch. Raises DatabaseError when the database does not answer."""
        return self.epoch if self.epoch.goes_on() else self.look()

    def look(self):
        with self.lock:
            if not self.epoch.goes_on():
                listen_to_others()
                close_old_connections()
                try:
                    with on_primary():
                        self.epoch = self.read()
                finally:
                    close_old_connections()
            return self.epoch

    def read(self):
        from lawblog.models import Generation

        stamp.open()
        # In this order: a change that is committed after the second is seen by the
        # next comparison of the first.
        seen, looked = stamp.read(), time.monotonic()
        now, epoch = timezone.now(), self.epoch
        generation = Generation.objects.current()
        timely = epoch.begins <= now.timestamp() < epoch.ends
        if generation != epoch.generation or not timely:
            epoch = Epoch(generation, now.timestamp(), end_of(now))
        epoch.seen, epoch.looked = seen, looked
        return epoch


# This process's.
clock = Clock()
