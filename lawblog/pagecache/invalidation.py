"""After a commit, everyone who keeps pages is told: the processes of this machine,
other machines, a content delivery network."""

import threading

from django.conf import settings
from django.db import transaction

from .cdn import purge
from .change_flag import change_flag
from .redis_listener import tell_other_machines

# How many seconds the request that made a change waits until other machines and the
# network are told. After that they are told in the background.
TELL_SECONDS = 2


def after_commit(using: str | None) -> None:
    """Tells of the transaction's change once, however many statements made it."""
    waiting = transaction.get_connection(using).run_on_commit
    if not any(function is invalidate for _, function, _ in waiting):
        # Robust: the change is committed, and every process looks again in a second.
        transaction.on_commit(invalidate, using=using, robust=True)


def invalidate() -> None:
    """Tells everyone now."""
    change_flag.move()
    if settings.REDIS_URL or settings.CDN_PURGE_URL:
        # Not a daemon: a command does not end before its change is told.
        thread = threading.Thread(target=tell_elsewhere, name="invalidation")
        thread.start()
        thread.join(TELL_SECONDS)


def tell_elsewhere() -> None:
    """Tells other machines first: a network that was purged may ask one at once."""
    if settings.REDIS_URL:
        tell_other_machines()
    if settings.CDN_PURGE_URL:
        purge()
