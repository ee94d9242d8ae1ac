"""PostgreSQL is taken away under readers, in each way in which it goes."""

import os
import signal
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest
from django.conf import settings
from helpers import stress
from helpers.broken import KEPT, OneMachine, readers
from helpers.machines import PROGRAMS, wait_until

UNKEPT = "/search/?q=visa"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def machine():
    if not PROGRAMS["postgresql"] and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("needs PostgreSQL: install it (Debian: postgresql)")
    with TemporaryDirectory(prefix="away-") as folder, ExitStack() as stack:
        yield OneMachine(Path(folder), stack)


@pytest.fixture
def served(machine):
    """Both workers keep the page before, and the database is back afterwards."""
    machine.warm()
    yield machine
    with suppress(OSError, ProcessLookupError):
        machine.hang(signal.SIGCONT)
    with suppress(subprocess.CalledProcessError):
        machine.begin()
    wait_until(lambda: machine.ask(machine.port, UNKEPT)[0] == 200)


def is_back(machine):
    seconds = wait_until(lambda: machine.ask(machine.port, UNKEPT)[0] == 200)
    print(f"back after {seconds:.1f} s")


def read_on(machine):
    """What many readers got meanwhile. Whoever waited for the database itself would
    wait until they have all left, and hear nothing."""
    with readers(machine) as kept, readers(machine, UNKEPT, 2) as others:
        wait_until(lambda: len(kept.answers) > 300 and len(others.answers) > 100)
    return kept, others


def test_stopped_and_started_again(served):
    """What is said in the log is said once each time."""

    def log():
        return served.logs()[f"site-{served.port}.log"]

    began, ended = "The database is away (", "The database answers again"
    before = log().count(began)
    served.end()
    kept, others = read_on(served)
    assert kept.statuses == {200} and others.statuses == {503}
    assert "We will be right back" in served.ask(served.port, UNKEPT)[1]
    served.begin()
    is_back(served)
    wait_until(lambda: log().count(ended) == log().count(began))
    assert before < log().count(began) <= before + served.workers
    assert "Traceback" not in log(), log()
    assert "/search/" not in log() and "visa" not in log()


def test_hung(served):
    served.hang()
    kept, others = read_on(served)
    assert kept.statuses == {200} and others.statuses == {503}
    served.hang(signal.SIGCONT)
    is_back(served)


def test_restarted_under_readers(served):
    with readers(served) as kept:
        served.end()
        served.begin()
        wait_until(lambda: served.ask(served.port, UNKEPT)[0] == 200)
    assert kept.statuses == {200}


def test_out_of_connections(served):
    served.change("from django.db import connection; connection.close()")
    taken = []
    with suppress(psycopg2.OperationalError):
        while True:
            taken.append(psycopg2.connect(served.databases["primary"]))
    # Those that the site holds are cut, and it gets no others.
    with taken[0].cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE usename = current_user AND query ~ 'SELECT' "
            "AND pid <> pg_backend_pid()"
        )
    with suppress(psycopg2.OperationalError):
        while True:
            taken.append(psycopg2.connect(served.databases["primary"]))
    kept, others = read_on(served)
    for connection in taken:
        connection.close()
    assert kept.statuses == {200}
    assert others.statuses <= {200, 503}
    is_back(served)


def test_the_desk_says_that_it_hangs_and_what_was_withdrawn_is_gone_afterwards(served):
    """How soon the desk says so, test_waiting.py says. Withdrawn as on another machine
    of which this one hears nothing."""
    served.hang()
    # Who this is only the database knows.
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={'a' * 32}"}
    status, page = served.ask(served.port, "/admin/posts/post/", **cookie)
    assert status == 503 and "The desk cannot be shown just now" in page
    wait_until(lambda: served.ask(served.port, UNKEPT)[0] == 503)
    assert served.ask(served.port, KEPT)[0] == 200
    served.hang(signal.SIGCONT)
    slug = KEPT.split("/")[2]
    served.change(f"publishing.withdraw(Post.objects.get(slug={slug!r}), by=None)")
    wait_until(lambda: served.ask(served.port, KEPT)[0] == 404)
    for _ in range(20):
        assert served.ask(served.port, KEPT)[0] == 404
    served.change(f"publishing.publish(Post.objects.get(slug={slug!r}), by=None)")


def test_nothing_old_is_shown_while_it_goes_and_comes(served):
    """CHANGES=1000 changes more than the suite has time for."""
    changes = int(os.environ.get("CHANGES", "16"))
    change = (
        "from django.db import connection; connection.close(); "
        "Firm.objects.update(tagline='Change no. {}.')"
    )
    served.change(change.format(0))
    crowd = stress.Readers(f"http://127.0.0.1:{served.port}/", 16)
    for reader in crowd.threads:
        reader.start()
    try:
        for number in range(1, changes + 1):
            served.change(change.format(number))
            crowd.committed = number
            more_answers(crowd, 32)
            if number % 8 == 0:
                served.end()
                more_answers(crowd, 100)
                served.begin()
            elif number % 8 == 4:
                served.hang()
                more_answers(crowd, 100)
                served.hang(signal.SIGCONT)
    finally:
        crowd.over = True
        for reader in crowd.threads:
            reader.join()
    reads, stale, failed = map(sum, zip(*crowd.counts, strict=True))
    print(f"{changes} changes, {reads} reads, {stale} stale, {failed} failed")
    assert stale == 0 and reads - failed > 16 * changes


def more_answers(crowd, more):
    """Until readers have had so many answers more."""
    seen = sum(count[0] for count in crowd.counts)
    wait_until(lambda: sum(count[0] for count in crowd.counts) > seen + more)
