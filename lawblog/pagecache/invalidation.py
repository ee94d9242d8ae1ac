"""After a commit, whoever keeps pages is told: the processes of this machine, other
machines, a content delivery network."""

import threading

from django.conf import settings
from django.db import transaction

from .cdn import purge
from .change_flag import change_flag
from .redis_listener import tell_other_machines

# For how long, in seconds, the request that made a change waits for the two that are
# elsewhere. They are told all the same, later.
PATIENCE = 2


def after_commit(using):
    """Tells of the transaction's change once, however many statements make it."""
    waiting = transaction.get_connection(using).run_on_commit
    if not any(function is invalidate for _, function, _ in waiting):
        # Robust: the change is committed, and every process looks again in a second.
        transaction.on_commit(invalidate, using=using, robust=True)


def invalidate():
    change_flag.move()
    if settings.REDIS_URL or settings.CDN_PURGE_URL:
        # Not a daemon: a command's process stays until its change is told.
        thread = threading.Thread(target=tell_elsewhere, name="invalidation")
        thread.start()
        thread.join(PATIENCE)


def tell_elsewhere():
    # In this order: a network that is purged may ask another machine the next moment.
    if settings.REDIS_URL:
        tell_other_machines()
    if settings.CDN_PURGE_URL:
        purge()
