"""While the database is away, readers get cached pages, and one thread checks whether
it is back.

What is shown then was right when the database was last seen. A page is served on while
nothing is known that would alter it: no change was announced on this machine or through
Redis, its moment has not come, and the database was seen within AWAY_SECONDS.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error, OperationalError, connections

from lawblog.database import timeouts

logger = logging.getLogger(__name__)
# How often the one thread looks, and how long it waits for an answer, in seconds.
CHECK_EVERY_SECONDS, CHECK_SECONDS = 1, 2


class DatabaseAway(OperationalError):
    """The database is away, and nothing that was kept can stand in for it. Also raised
    amid a page that was begun before."""


class Outage:
    """look: asks the database for something; raises Error while it is away."""

    def __init__(self, look: Callable[[], None]) -> None:
        self.look, self.lock = look, threading.Lock()
        # When it began, by time.monotonic(); None: the database answers.
        self.since: float | None = None

    def begin(self, error: Exception) -> None:
        """The database was found away. Logged once, and looked after by one thread."""
        # That it was known to be away is no news, and may be said when it is over.
        if isinstance(error.__cause__, timeouts.KnownAway):
            return
        with self.lock:
            if self.since is not None:
                return
            # First, or nobody would ever see that it is over.
            try:
                threading.Thread(target=self.wait, name="outage", daemon=True).start()
            except RuntimeError:  # no thread to be had: whoever asks next finds out
                return
            self.since = time.monotonic()
            timeouts.found_away(True)
        logger.error(
            "The database is away (%s). Kept pages are served for up to %s seconds; "
            "everything else is asked to come again.",
            " ".join(str(error).split()) or type(error).__name__,
            settings.AWAY_SECONDS,
        )

    def suspect(self) -> None:
        """Somebody waits for long: is it the question, or the database?"""
        threading.Thread(target=self.check, name="suspicion", daemon=True).start()

    def check(self) -> None:
        try:
            self.look()
        except Error as error:
            self.begin(error)
        finally:
            connections.close_all()

    def wait(self) -> None:
        """Until the database answers. The body of a thread."""
        while not self.is_over():
            time.sleep(CHECK_EVERY_SECONDS)
        connections.close_all()

    def is_over(self) -> bool:
        """Looks once; whether the database answers."""
        try:
            self.look()
        except Exception:  # whatever it is, the one who looks goes on
            return False
        self.end()
        return True

    def end(self) -> None:
        with self.lock:
            since, self.since = self.since, None
            timeouts.found_away(False)
        if since is not None:
            seconds = round(time.monotonic() - since)
            logger.error("The database answers again, after %s seconds.", seconds)

    def seconds(self) -> int | None:
        """How long it has lasted; None: there is none."""
        since = self.since
        return None if since is None else round(time.monotonic() - since)
