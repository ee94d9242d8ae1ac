"""What readers read may come from a replica, never older than the primary has it."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lawblog.database import replica, timeouts
from lawblog.database.router import Router, reading
from lawblog.models import SiteVersion
from lawblog.pagecache import snapshot
from lawblog.pagecache.fragments import cached_fragment
from offices.models import Firm
from posts import publishing
from posts.models import Post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
READ = ["/", "/posts/", "/posts/a-title/", "/feed/", "/sitemap.xml"]


@contextmanager
def copy_of_the_database(folder):
    """Settings of a second database with what is in the first."""
    ours = connection.settings_dict
    if connection.vendor == "sqlite":
        name = str(folder / "replica.sqlite3")
        connection.cursor().execute("VACUUM INTO %s", [name])
        yield {**ours, "NAME": name}
        return
    # A schema of its own, since a whole database is only copied when no one is in it.
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA replica")
        # The version last: to fill a printed table moves it, in whatever schema.
        names = connection.introspection.table_names()
        for table in sorted(names, key=SiteVersion._meta.db_table.__eq__):
            cursor.execute(f'CREATE TABLE replica."{table}" (LIKE "{table}")')
            cursor.execute(f'INSERT INTO replica."{table}" TABLE "{table}"')
    try:
        options = {**ours["OPTIONS"], "options": "-c search_path=replica"}
        yield {**ours, "OPTIONS": options}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA replica CASCADE")


@pytest.fixture
def site(publish, set_up, tmp_path, settings):
    """.get(path) → the page, and the databases that were asked for what it prints."""
    publish()
    with copy_of_the_database(tmp_path) as there:
        settings.DATABASES["replica"] = connections.settings["replica"] = there
        # pytest-django lets no test connect to what it did not know when it began.
        connections["replica"].connect()
        client = Client()
        try:
            yield SimpleNamespace(client=client, get=lambda path: get(client, path))
        finally:
            connections["replica"].close()
            del connections["replica"]
            for known in (connections.settings, settings.DATABASES):
                known.pop("replica", None)


def get(client, path):
    with (
        CaptureQueriesContext(connections["default"]) as here,
        CaptureQueriesContext(connections["replica"]) as there,
    ):
        answer = client.get(path)
    return answer, read(here), read(there)


def read(queries):
    """How many queries asked for more than a version."""
    # PostgreSQL's client has no text of a query that was refused before it was sent.
    asked = [query["sql"] or "" for query in queries]
    return sum("lawblog_generation" not in sql for sql in asked)


@pytest.mark.parametrize("path", READ)
def test_a_page_is_read_from_the_replica(site, path):
    """But for what all pages share, which the first one asks the primary for."""
    site.get(path)
    answer, here, there = site.get(path)
    assert answer.status_code == 200 and here == 0 and there > 0


@pytest.mark.parametrize("path", READ)
def test_a_replica_that_lags_is_not_read(site, path):
    publishing.withdraw(Post.objects.get(), by=None)
    answer, here, there = site.get(path)
    assert there == 0 and here > 0
    assert b"Summary of A title" not in answer.content


def test_one_that_caught_up_is_read_again(site):
    for database in ("default", "replica"):
        Firm.objects.using(database).update(tagline="As it is")
    site.get("/")
    answer, here, there = site.get("/")
    assert here == 0 and there > 0 and b"As it is" in answer.content


def test_what_is_kept_for_all_pages_is_read_from_the_primary(site, monkeypatch):
    """A change may come between the look at the replica and the reading."""
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 0)
    token = reading.set(True)
    try:
        Firm.objects.filter(pk=1).update(tagline="Newer than the replica")
        assert Firm.objects.get().tagline != "Newer than the replica"
        firm = cached_fragment("firm", Firm.objects.get)
        assert firm.tagline == "Newer than the replica"
        post = Post.objects.using("default").get()
        publishing.withdraw(post, by=None, at=timezone.now() + timedelta(minutes=1))
        ends = snapshot.snapshots.current().ends
        assert ends < (timezone.now() + timedelta(minutes=2)).timestamp()
    finally:
        reading.reset(token)


def test_desk_sessions_and_health_are_never_asked_of_it(attorney, site):
    site.client.force_login(attorney)
    for path in ("/admin/", "/admin/posts/post/", "/readyz"):
        _, here, there = site.get(path)
        assert there == 0 and here > 0
    assert site.get("/healthz")[2] == 0
    answer, _, there = site.get("/posts/")
    assert answer.status_code == 200 and there > 0


@pytest.mark.parametrize("hangs_at", ["lawblog_generation", "posts_edition"])
def test_a_replica_that_hangs_costs_no_reader_the_page(site, hangs_at):
    """Whoever waited in vain waits for nothing more (timeouts.Limit): but for the
    primary."""

    def hang(execute, sql, *rest):
        if hangs_at not in sql:
            return execute(sql, *rest)
        timeouts._limit.get().is_over = True
        raise OperationalError from timeouts.NotAnswered()

    def answer_in_time(execute, *asked):
        if timeouts._limit.get().is_over:
            raise OperationalError from timeouts.KnownAway()
        return execute(*asked)

    with (
        connections["replica"].execute_wrapper(hang),
        connection.execute_wrapper(answer_in_time),
    ):
        assert site.client.get("/posts/a-title/").status_code == 200


def test_nothing_is_written_or_migrated_there(site):
    router = Router()
    token = reading.set(True)
    try:
        post = Post.objects.get()
        assert post._state.db == "replica"
        post.title = "Another"
        assert router.db_for_write(Post, instance=post) == "default"
        assert router.db_for_read(SiteVersion) == "default"
        assert router.allow_relation(post, post)
    finally:
        reading.reset(token)
    assert router.allow_migrate("replica", "posts") is False
    assert router.allow_migrate("default", "posts") is None


def test_one_that_is_away_is_done_without_and_said_once(site, monkeypatch, caplog):
    ask = SiteVersion.objects.get_queryset().__class__.current

    def current(rows):
        if rows.db == "replica":
            raise DatabaseError("away")
        return ask(rows)

    monkeypatch.setattr(type(SiteVersion.objects.all()), "current", current)
    monkeypatch.setattr(replica, "RETRY_SECONDS", 0)
    for _ in range(3):
        answer, here, there = site.get("/")
        assert answer.status_code == 200 and here > 0 and there == 0
    assert caplog.text.count("The read replica is away") == 1


def test_one_that_dies_while_a_page_is_read_shows_no_error(site, caplog):
    def die(execute, sql, params, many, context):
        if "generation" not in sql:
            raise DatabaseError("it died")
        return execute(sql, params, many, context)

    with connections["replica"].execute_wrapper(die):
        answer, here, _ = site.get("/posts/a-title/")
    assert answer.status_code == 200 and here > 0
    assert "The read replica is away (DatabaseError)" in caplog.text


def test_without_one_nothing_is_asked_for_it(client, set_up, publish, monkeypatch):
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 3600)
    publish()
    client.get("/posts/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/posts/")
    assert not any("generation" in query["sql"] for query in queries)
