"""What has to be done by itself is done once, whatever went wrong before."""

import io
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import close_old_connections, connection

from lawblog.keeping import housekeeping
from lawblog.keeping.locks import only_one
from lawblog.keeping.models import JobRun

NOW = datetime(2026, 11, 30, 8, tzinfo=timezone.utc)
DAY = timedelta(days=1)


@pytest.fixture
def jobs(db, settings, tmp_path, monkeypatch):
    """jobs.register as housekeeping.register; jobs.ran: names in order. No others."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(housekeeping, "_jobs", {})
    with time_machine.travel(NOW, tick=False) as clock:
        yield Jobs(clock)


class Jobs:
    def __init__(self, clock):
        self.clock, self.ran = clock, []

    def register(self, name, every=DAY, error=None, outcome="Done."):
        def work():
            self.ran.append(name)
            if error:
                raise error
            return outcome

        housekeeping.register_job(name, work, every)

    def after(self, **time):
        """What runs so much later."""
        self.clock.shift(timedelta(**time))
        self.ran.clear()
        housekeeping.run()
        return list(self.ran)


def test_a_job_runs_when_its_time_has_come_and_not_before(jobs):
    jobs.register("a")
    assert jobs.after() == ["a"]
    assert jobs.after(hours=23, minutes=59) == []
    assert jobs.after(minutes=1) == ["a"]


def test_a_month_without_the_timer_is_one_run(jobs):
    jobs.register("a")
    jobs.after()
    assert jobs.after(days=31) == ["a"]
    assert jobs.after(minutes=5) == []


def test_one_job_that_fails_stops_no_other_and_is_tried_again(jobs):
    jobs.register("a", error=ValueError("The disk is full."))
    jobs.register("b")
    assert jobs.after() == ["a", "b"]
    row = JobRun.objects.get(name="a")
    assert (row.failed, row.outcome) == (True, "The disk is full.")
    assert row.succeeded_at is None and row.ended_at == NOW
    assert jobs.after(minutes=14) == []
    assert jobs.after(minutes=1) == ["a"]
    jobs.register("a")
    assert jobs.after(minutes=15) == ["a"]
    row.refresh_from_db()
    assert (row.failed, row.outcome) == (False, "Done.")


def test_an_error_that_is_no_sentence_is_named(jobs):
    jobs.register("a", error=KeyError("x"))
    jobs.after()
    assert JobRun.objects.get().outcome == "KeyError: 'x'"


def test_a_job_with_nothing_to_do_keeps_what_it_last_said(jobs):
    jobs.register("a", every=timedelta(0), outcome="Sent.")
    jobs.after()
    jobs.register("a", every=timedelta(0), outcome=None)
    assert jobs.after(minutes=5) == ["a"]
    row = JobRun.objects.get()
    assert row.outcome == "Sent." and row.succeeded_at == NOW + timedelta(minutes=5)


def test_a_job_that_was_killed_is_due_again(jobs):
    jobs.register("a")
    JobRun.objects.create(name="a", started_at=NOW, succeeded_at=NOW - 2 * DAY)
    assert jobs.after(minutes=5) == ["a"]


def test_a_clock_that_was_put_back_stops_nothing(jobs):
    jobs.register("a")
    jobs.after()
    assert jobs.after(days=-400) == ["a"]
    assert jobs.after(minutes=5) == []


def test_two_at_once_are_one(jobs):
    jobs.register("a")
    with only_one("housekeeping") as alone:
        assert alone
        told = io.StringIO()
        call_command("housekeeping", stdout=told)
        assert told.getvalue() == "Another housekeeping is running.\n"
    assert jobs.ran == []
    assert housekeeping.run() is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="has no such lock")
def test_an_old_connection_is_not_closed_under_a_lock(tmp_path, settings):
    """The lock would go with it, and another machine begin the same job."""
    settings.VAR_DIR = tmp_path
    connection.ensure_connection()
    connection.close_at = 0
    with only_one("housekeeping") as alone:
        there = connection.connection
        close_old_connections()
        assert alone and connection.connection is there
    assert connection.close_at == 0


def test_the_command_says_what_it_did_and_fails_with_a_failed_job(jobs):
    jobs.register("a", outcome="Two files.")
    jobs.register("b", error=ValueError("No."))
    told, wrong = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Failed: b."):
        call_command("housekeeping", stdout=told, stderr=wrong)
    assert "a: Two files." in told.getvalue() and "b: No." in wrong.getvalue()
    told = io.StringIO()
    call_command("housekeeping", stdout=told)
    assert told.getvalue() == ""


def test_a_dry_run_does_nothing(jobs):
    jobs.register("a")
    told = io.StringIO()
    call_command("housekeeping", "--dry-run", stdout=told)
    assert told.getvalue() == "a is due.\n"
    assert jobs.ran == [] and not JobRun.objects.exists()


def test_check_names_what_failed_and_what_is_late(jobs):
    jobs.register("a")
    with pytest.raises(CommandError, match="a has not run yet."):
        call_command("housekeeping", "--check")
    jobs.after()
    call_command("housekeeping", "--check", stdout=io.StringIO())
    jobs.clock.shift(2 * DAY + timedelta(minutes=1))
    with pytest.raises(CommandError, match="a has not run since 2026-11-30 03:00."):
        call_command("housekeeping", "--check")
    jobs.register("a", error=ValueError("No."))
    jobs.after()
    with pytest.raises(CommandError, match="a failed: No."):
        call_command("housekeeping", "--check")


def test_every_job_of_ours_is_registered_short_ones_first():
    names = [job.name for job in housekeeping.jobs()]
    ours = "sessions attempts links leftovers record capture backup pictures drill"
    assert [name for name in names if name in ours.split()] == ours.split()
