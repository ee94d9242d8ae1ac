"""Through Redis, machines that share a database tell each other of changes at once.

A message only says "look into the database again", as the change flag does within a
machine. Each process looks once a second anyway (snapshot.LOOK_EVERY_SECONDS), which
makes up for a message that was lost because Redis was away.
"""

import logging
import threading
import time
from functools import cache
from typing import Any

from django.conf import settings

from . import redis
from .change_flag import change_flag

logger = logging.getLogger(__name__)
# Seconds after which a Redis that was away is tried again.
RETRY_SECONDS = 5
# By time.monotonic(); None while it answers.
_away_since: float | None = None


def channel() -> str:
    """The name under which the machines of this site talk."""
    return f"lawblog changed {settings.SITE_URL}"


def tell_other_machines() -> None:
    """Tells of a committed change, unless Redis was found away a moment ago."""
    if _away_since and time.monotonic() < _away_since + RETRY_SECONDS:
        return
    try:
        redis.client(settings.REDIS_URL).publish(channel(), "")
        found(True)
    except redis.errors() as error:
        found(False, error)


@cache
def start_listening() -> None:
    """Starts this process's listener, once. To be called in the process that serves,
    not in the one that it was forked from."""
    if settings.REDIS_URL:
        threading.Thread(target=listen, name="listener", daemon=True).start()


def listen() -> None:
    """Listens for good, also past a Redis that goes away and comes back."""
    while True:
        try:
            with redis.client(settings.REDIS_URL).pubsub() as messages:
                messages.subscribe(channel())
                hear(messages)
        except Exception as error:  # its client raises more than its own errors
            found(False, error)
        time.sleep(RETRY_SECONDS / 5)


def hear(messages: Any) -> None:
    """Moves this machine's change flag at each message. The first one confirms the
    subscription, and stands for those that were missed. Raises when Redis is away.

    messages: a redis.client.PubSub.
    """
    while True:
        # Returns None after some seconds without one; then the connection is tried.
        if messages.get_message(timeout=10):
            found(True)
            change_flag.move()


def found(answers: bool, error: Exception | None = None) -> None:
    """Remembers whether Redis answers, and logs it once when that changes."""
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
