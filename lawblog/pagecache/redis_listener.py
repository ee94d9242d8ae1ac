"""Other machines with the same database: through Redis they hear of a change at once.

An announcement says no more than "look into the database again", as the stamp does
within a machine. One that is lost, with a Redis that died or was away for a while, is
made good by the look that each process takes once a second anyway (epoch.LOOK_AGAIN).
"""

import logging
import threading
import time
from functools import cache

from django.conf import settings

from . import redis as shared
from .change_flag import stamp

logger = logging.getLogger(__name__)
# Seconds after which a Redis that was away is tried again.
AGAIN = 5
_away_since = None


def channel():
    return f"lawblog changed {settings.SITE_URL}"


def tell_others():
    """Announces a committed change, unless Redis was found away a moment ago."""
    if _away_since and time.monotonic() < _away_since + AGAIN:
        return
    try:
        shared.client(settings.REDIS_URL).publish(channel(), "")
        found(True)
    except shared.errors() as error:
        found(False, error)


@cache
def listen_to_others():
    """Starts this process's listener, once. To be called in the process that serves,
    not in one that it is forked from."""
    if settings.REDIS_URL:
        threading.Thread(target=listen, name="listener", daemon=True).start()


def listen():
    while True:
        try:
            with shared.client(settings.REDIS_URL).pubsub() as announcements:
                announcements.subscribe(channel())
                hear(announcements)
        except shared.errors() as error:
            found(False, error)
        time.sleep(AGAIN / 5)


def hear(announcements):
    """Moves the stamp of this machine at each announcement, and first of all for
    those that were missed. Raises when Redis is away."""
    while True:
        # Without one, None comes after some seconds; then the connection is tried.
        if announcements.get_message(timeout=10):
            found(True)
            stamp.move()


def found(answers, error=None):
    """Remembers whether Redis answers, and says so once when that changes."""
    global _away_since
    if not answers and not _away_since:
        logger.warning(
            "Redis is away (%s): other machines see a change within a second instead "
            "of at once. Pages stay fresh.",
            type(error).__name__,
        )
    if answers and _away_since:
        logger.warning("Redis answers again.")
    _away_since = None if answers else time.monotonic()
