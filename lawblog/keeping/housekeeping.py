"""Recurring jobs: one command, which a timer runs every few minutes.

An app registers a job: register_job("sessions", clear, every=timedelta(1)).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.db.models import Max
from django.utils import timezone

from lawblog.notices.outbox import notify

from .locks import only_one
from .models import JobRun

logger = logging.getLogger(__name__)
# A job that failed is tried again after this time, not at each run.
RETRY_AFTER = timedelta(minutes=15)
# For how many times its interval a job may be late before that is a fault.
LATE_INTERVALS = 2

# The job that sends mail, whose failure no mail can tell; and the notice of others.
MAIL, FAILED = "mail", "job failed"

# Gives a sentence that says what was done, or None: there was nothing to do.
Work = Callable[[], str | None]


@dataclass(frozen=True)
class Job:
    """every: how long after a success it is due again; zero: at each run; None: only
    when somebody asks for it."""

    name: str
    work: Work
    every: timedelta | None

    def is_due(self, last: JobRun | None, now: datetime) -> bool:
        """However many times it was missed, it is due once."""
        if self.every is None:
            return False
        if not last or not last.started_at:
            return True
        if last.failed:
            return not last.started_at <= now < last.started_at + RETRY_AFTER
        done = last.succeeded_at
        # A success that is yet to come is a clock that was put back.
        return not (done and done <= now < done + self.every)

    def is_late(self, last: JobRun | None, now: datetime) -> bool:
        """Whether it should have succeeded by now."""
        if self.every is None:
            return False
        if not last or not last.succeeded_at:
            return True
        return now > last.succeeded_at + LATE_INTERVALS * max(self.every, RETRY_AFTER)


@dataclass(frozen=True)
class Done:
    """What became of a job. outcome: a sentence."""

    name: str
    failed: bool
    outcome: str


_jobs: dict[str, Job] = {}


def register_job(name: str, work: Work, every: timedelta | None) -> None:
    """Jobs run in the order in which they were registered: the short ones first."""
    _jobs[name] = Job(name, work, every)


def jobs() -> list[Job]:
    return list(_jobs.values())


def run(*names: str) -> list[Done] | None:
    """Do what is due; None if another run is under way. With names, wait for that run
    and then do these jobs, for which somebody pressed a button. A job that fails does
    not stop the others."""
    with only_one("housekeeping", wait=bool(names)) as alone:
        if not alone:
            return None
        chosen = [job for job in jobs() if job.name in names] if names else due()
        found = [_do(job) for job in chosen]
        return [done for done in found if done]


def due() -> list[Job]:
    last, now = JobRun.objects.in_bulk(), timezone.now()
    return [job for job in jobs() if job.is_due(last.get(job.name), now)]


def _do(job: Job) -> Done | None:
    began = timezone.now()
    row, _ = JobRun.objects.update_or_create(
        name=job.name, defaults={"started_at": began, "ended_at": None}
    )
    try:
        outcome, row.failed = job.work(), False
    except Exception as error:  # whatever it is, the other jobs are to run
        logger.exception("Housekeeping: %s failed.", job.name)
        outcome, row.failed = _sentence(error), True
        # One that is gone must not make the others fail. (It also drops what is within
        # a transaction, which is somebody else's.)
        if not connection.in_atomic_block:
            close_old_connections()
    row.ended_at = timezone.now()
    if not row.failed:
        # When it began: what changed meanwhile is for the next time.
        row.succeeded_at = began
    row.outcome = outcome or row.outcome
    row.save()
    if row.failed and job.name != MAIL:
        _tell(job.name)
    return Done(job.name, row.failed, outcome) if outcome else None


def _tell(name: str) -> None:
    """One mail a day for a job that goes on to fail."""
    try:
        notify(FAILED, about=name, once_in=timedelta(days=1))
    except Exception:  # the next job is to run all the same
        logger.exception("Nobody was told that %s failed.", name)


def last_success(name: str) -> datetime | None:
    """When the last run of a job that succeeded began; within its own work, the one
    before."""
    found = JobRun.objects.filter(name=name).values_list("succeeded_at", flat=True)
    moment: datetime | None = found.first()
    return moment


def _sentence(error: Exception) -> str:
    """What our own errors say; others say little without their name."""
    text = str(error)
    return text if text.endswith(".") else f"{type(error).__name__}: {text}"


def last_run() -> datetime | None:
    """When a job last ended."""
    last: datetime | None = JobRun.objects.aggregate(last=Max("ended_at"))["last"]
    return last


def late() -> list[str]:
    """Sentences on what failed or did not run when it should have."""
    last, now = JobRun.objects.in_bulk(), timezone.now()
    found = []
    for job in jobs():
        row = last.get(job.name)
        if row and row.failed:
            found.append(f"{job.name} failed: {row.outcome}")
        elif job.is_late(row, now):
            when = row and row.succeeded_at
            since = (
                f"since {timezone.localtime(when):%Y-%m-%d %H:%M}" if when else "yet"
            )
            found.append(f"{job.name} has not run {since}.")
    return found
