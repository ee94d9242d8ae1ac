"""Housekeeping jobs that somebody at the desk asked for."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import JobRun

# A job that has not ended after this time was cut off.
CUT_OFF_AFTER = timedelta(hours=1)


def is_running(run: JobRun) -> bool:
    begun, earliest = run.started_at, timezone.now() - CUT_OFF_AFTER
    return run.ended_at is None and begun is not None and begun > earliest


def begin(job: str) -> bool:
    """Begins it, unless it is running; whether it did."""
    found = JobRun.objects.filter(name=job).first()
    if found and is_running(found):
        return False
    begun = {"started_at": timezone.now(), "ended_at": None}
    JobRun.objects.update_or_create(name=job, defaults=begun)
    start(job)
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
