"""Housekeeping jobs that somebody at the desk asked for."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import JobRun

# A job that has not ended after this time was cut off.
CUT_OFF_AFTER = timedelta(hours=1)


class CannotBegin(Exception):
    """The server started no process for it; says so in a sentence."""


def is_running(run: JobRun) -> bool:
    begun, earliest = run.started_at, timezone.now() - CUT_OFF_AFTER
    return run.ended_at is None and begun is not None and begun > earliest


def begin(job: str) -> bool:
    """Begins it, unless it is running; whether it did. Raises CannotBegin."""
    with transaction.atomic():
        run, _ = JobRun.objects.select_for_update().get_or_create(name=job)
        if is_running(run):
            return False
        run.started_at, run.ended_at = timezone.now(), None
        run.save()
    try:
        start(job)
    except OSError as error:
        run.ended_at, run.failed = timezone.now(), True
        run.outcome = (
            f"The server could not begin it ({error.strerror}). Try again later; if "
            "that does not help, tell whoever looks after the server."
        )
        run.save()
        raise CannotBegin(run.outcome) from error
    return True


def start(job: str) -> None:
    """Does a job of housekeeping now, in a process of its own: it may take minutes."""
    command = [sys.executable, "manage.py", "housekeeping", "--now", job]
    subprocess.Popen(  # noqa: S603 - our own command, with a name of PRESSED
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
