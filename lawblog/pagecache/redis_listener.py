"""Other machines with the same database: through Redis they hear of a change at once.

A message says no more than "look into the database again", as the change flag does
within a machine. One that is lost, with a Redis that died or was away for a while, is
made good by the look that each process takes once a second (snapshot.LOOK_AGAIN).
"""

import logging
import threading
import time
from functools import cache

from django.conf import settings

from . import redis
from .change_flag import change_flag

logger = logging.getLogger(__name__)
# Seconds after which a Redis that was away is tried again.
AGAIN = 5
_away_since = None


def channel():
    return f"lawblog changed {settings.SITE_URL}"


def tell_other_machines():
    """Tells of a committed change, unless Redis was found away a moment ago."""
    if _away_since and time.monotonic() < _away_since + AGAIN:
        return
    try:
        redis.client(settings.REDIS_URL).publish(channel(), "")
        found(True)
    except redis.errors() as error:
        found(False, error)


@cache
def start_listening():
    """Starts this process's listener, once. To be called in the process that serves,
    not in one that it is forked from."""
    if settings.REDIS_URL:
        threading.Thread(target=listen, name="listener", daemon=True).start()


def listen():
    while True:
        try:
            with redis.client(settings.REDIS_URL).pubsub() as messages:
                messages.subscribe(channel())
                hear(messages)
        except redis.errors() as error:
            found(False, error)
        time.sleep(AGAIN / 5)


def hear(messages):
    """Moves the change flag of this machine at each message, and first of all for
    those that were missed. Raises when Redis is away."""
    while True:
        # Without one, None comes after some seconds; then the connection is tried.
        if messages.get_message(timeout=10):
            found(True)
            change_flag.move()


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
