"""Import runs are worked on by a thread of the server, or by housekeeping after a
crash."""

import logging
from datetime import timedelta
from threading import Thread

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from lawblog.keeping import hooks, housekeeping
from lawblog.keeping.locks import only_one
from posts.models import ImportRun

from . import runs

logger = logging.getLogger(__name__)
# Files that nobody began to read are let go after this.
FORGOTTEN_AFTER = timedelta(days=1)


def register_all() -> None:
    # The files themselves are in nobody's backup: what came in is.
    hooks.register_emptied("posts.importpiece")
    housekeeping.register_job("articles brought in", go_on, every=timedelta(0))


def begin(run: ImportRun) -> None:
    """Start reading a run's files, beside the answer to whoever asked for it."""
    ImportRun.objects.filter(pk=run.pk, started_at=None).update(
        started_at=timezone.now()
    )
    wake()


def wake() -> None:
    """See to it that somebody works on what waits, once it is committed."""
    thread = Thread(target=_in_thread, name="bringing in", daemon=True)
    transaction.on_commit(thread.start)


def _in_thread() -> None:
    close_old_connections()
    try:
        go_on()
    except Exception:
        # Housekeeping goes on with it.
        logger.exception("Bringing articles in was interrupted.")
    finally:
        connection.close()


def go_on() -> str | None:
    """Work on the runs that wait, one after the other; what was done, in a sentence.
    Whoever holds the lock takes what comes meanwhile as well."""
    done = 0
    with only_one("bringing-in") as alone:
        while alone and (run := ImportRun.objects.waiting().order_by("pk").first()):
            runs.work(run)
            done += 1
    forgotten = ImportRun.objects.filter(
        started_at=None, ended_at=None, created_at__lt=timezone.now() - FORGOTTEN_AFTER
    )
    for run in forgotten:
        runs.stop(run)
    if not done:
        return None
    return "One import is through." if done == 1 else f"{done} imports are through."
