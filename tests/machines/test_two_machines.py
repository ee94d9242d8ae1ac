"""Two machines, PostgreSQL with a standby, Redis and nginx: a change is seen on each,
whatever is away. In what time is printed, and stands in docs/scale.md."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest
from helpers.machines import Machines, missing, wait_until

PATH = "/posts/sample-notice-to-appear/"
VISITOR = {
    "User-Agent": "Visitors-own-agent",
    "Referer": "http://from.example/visited",
    "X-Forwarded-For": "192.0.2.77",
}


@pytest.fixture(scope="module")
def machines():
    if missing() and not os.environ.get("REQUIRE_ALL"):
        pytest.skip(f"needs {', '.join(missing())}: install what is missing")
    # A short path: that of a socket has at most 107 bytes.
    with TemporaryDirectory(prefix="two-") as folder, ExitStack() as stack:
        yield Machines(Path(folder), stack)


def sql(machines, database, statement):
    connection = psycopg2.connect(machines.databases[database])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def is_seen(machines, port, tagline):
    """The front page of that port shows the line before long."""
    seconds = wait_until(lambda: tagline in machines.ask(port, "/", **VISITOR)[1])
    print(f"{tagline} Seen after {seconds:.2f} s.")


def change(machines, tagline):
    machines.change(f"Firm.objects.update(tagline={tagline!r})")


def test_a_change_is_seen_on_both_and_through_nginx(machines):
    for number in range(5):
        change(machines, f"Line {number}.")
        assert f"Line {number}." in machines.ask(machines.a, "/")[1]
        is_seen(machines, machines.b, f"Line {number}.")
    is_seen(machines, machines.front, "Line 4.")


def test_what_is_withdrawn_on_one_is_gone_everywhere(machines):
    ports = machines.a, machines.b, machines.front
    for port in ports:
        assert machines.ask(port, PATH, **VISITOR)[0] == 200
    slug = PATH.split("/")[2]
    machines.change(f"publishing.withdraw(Post.objects.get(slug={slug!r}), by=None)")
    assert machines.ask(machines.a, PATH)[0] == 404
    for port in (machines.b, machines.front):
        wait_until(lambda port=port: machines.ask(port, PATH)[0] == 404)


def test_readers_are_read_to_from_the_standby(machines):
    asked = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE query ~ 'posts_|offices_' AND pid <> pg_backend_pid()"
    )

    def it_was_asked():
        # A query that no page has, so that the page is made anew.
        assert machines.ask(machines.b, "/posts/?a=b", **VISITOR)[0] == 200
        return sql(machines, "replica", asked)

    wait_until(it_was_asked)


def test_a_standby_that_lags_shows_nothing_old(machines):
    sql(machines, "replica", "SELECT pg_wal_replay_pause()::text")
    try:
        change(machines, "While it lags.")
        assert "While it lags." in machines.ask(machines.a, "/")[1]
        is_seen(machines, machines.b, "While it lags.")
    finally:
        sql(machines, "replica", "SELECT pg_wal_replay_resume()::text")


def test_without_redis_a_change_is_seen_within_a_second(machines):
    machines.redis.kill()
    machines.redis.wait()
    change(machines, "Without Redis.")
    assert "Without Redis." in machines.ask(machines.a, "/")[1]
    is_seen(machines, machines.b, "Without Redis.")
    log = f"site-{machines.b}.log"
    wait_until(lambda: "Redis is away" in machines.logs()[log])
    machines.start_redis()
    wait_until(lambda: "Redis answers again" in machines.logs()[log])
    change(machines, "With it again.")
    is_seen(machines, machines.b, "With it again.")
    assert machines.logs()[log].count("Redis is away") == 1


def test_a_hung_redis_holds_up_neither_a_change_nor_a_reader(machines):
    machines.redis.send_signal(signal.SIGSTOP)
    try:
        change(machines, "While it hangs.")
        assert "While it hangs." in machines.ask(machines.a, "/")[1]
        is_seen(machines, machines.b, "While it hangs.")
        change(machines, "Once more.")
        is_seen(machines, machines.b, "Once more.")
    finally:
        machines.redis.send_signal(signal.SIGCONT)


def test_no_log_of_any_of_them_knows_a_visitor(machines):
    for port in (machines.a, machines.b, machines.front):
        for path in (PATH, "/nothing/visited", "/search/?q=visited"):
            machines.ask(port, path, **VISITOR)
    logs = machines.logs()
    assert {"primary.log", "replica.log", "redis.log"} < set(logs)
    for name, log in logs.items():
        for word in ("visited", "192.0.2.77", "Visitors-own", "from.example"):
            assert word not in log, name
