"""Settings for tests, the cast of people, and makers of posts and offices."""

import io
import os
import shutil
import tempfile
from contextlib import nullcontext
from copy import copy
from datetime import date, timedelta

import pytest

# Before Django reads them: whatever this machine has set, tests are the same.
os.environ["DJANGO_SETTINGS_MODULE"] = "lawblog.settings"
os.environ["SITE_URL"] = "http://127.0.0.1:8000"
os.environ["SECRET_KEY"] = "not-a-secret-" * 5
os.environ.pop("SECRET_KEY_FILE", None)
for name in (
    "REQUIRE_SECOND_FACTOR",
    "REDIS_URL",
    "DATABASE_REPLICA_URL",
    "CDN_PURGE_URL",
    "EMAIL_URL",
):
    os.environ[name] = ""
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="lawblog-tests-")
# WhiteNoise warns of a folder that is not there.
os.mkdir(os.path.join(os.environ["VAR_DIR"], "static"))
# Playwright keeps an event loop in the thread that also sets up the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The shell has no windows to draw, and needs a third less of the machine; CHROMIUM=
# names another, since all have to pass.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
BROWSERS = (os.environ.get("CHROMIUM", ""), *BROWSERS)
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_configure(config):
    import django
    from django.conf import settings

    # No collectstatic before tests: names without a hash, found in the apps.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from helpers.undefined import refuse_undefined_names

    refuse_undefined_names()
    django.setup()
    # Fixtures that need Django's models to be there.
    helpers = "at_once firefox mail pagecache pages recorded showing sites walk.site"
    for name in helpers.split():
        config.pluginmanager.import_plugin(f"helpers.{name}")


def pytest_report_header():
    from django.db import connection

    return f"database: {connection.vendor}"


def pytest_unconfigure():
    shutil.rmtree(os.environ["VAR_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(items):
    if CHROMIUM or os.environ.get("REQUIRE_ALL"):
        return
    skip = pytest.mark.skip(reason="no chromium found: install it (Debian: chromium)")
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A browser's last request may still hold the database that is to be dropped."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def flush_goes_around_the_guards():
    """What empties the tables after a test with transactions of its own is stopped by
    the triggers of the record, and by what records its deletions.

    Types and permissions stay: making them and what `setup` leaves anew after each such
    test took as long as the tests themselves.
    """
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from django.core.management.commands import flush
    from django.db import connections

    from lawblog.models import Entry
    from lawblog.records import triggers

    kept = {Permission._meta.db_table, ContentType._meta.db_table}

    def sql_flush(style, connection, **options):
        tables = connection.introspection.django_table_names(True, False)
        emptied = sorted({*tables} - kept)
        statements = connection.ops.sql_flush(style, emptied, **options)
        again = f"DELETE FROM {Entry._meta.db_table}"  # noqa: S608 - our own table
        connection = connections[connection.alias]
        guards = triggers.creating(connection)
        return [*triggers.dropping(connection), *statements, again, *guards]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **options: None)
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """A database that was emptied counts its changes from one again, and nobody is
    held back for another test's wrong passwords."""
    from django.core.cache import caches

    from lawblog.database import patience
    from lawblog.pagecache import outage, snapshot

    snapshot.clock.snapshot = snapshot.Snapshot(None, 0, 0)
    # Nobody looks for a database by itself that a test takes away: the test does.
    monkeypatch.setattr(outage.Outage, "wait", lambda self: None)
    snapshot.clock.outage.since = None
    patience.found_away(False)
    # Wrong passwords of the test before.
    for name in caches:
        caches[name].clear()


@pytest.fixture(autouse=True)
def nothing_fetched(monkeypatch):
    """No test asks another site for a picture; those of fetching itself say how."""
    from lawblog.media import downloading

    def refuse(address):
        raise downloading.CannotFetch("Tests fetch nothing.")

    monkeypatch.setattr(downloading, "fetch", refuse)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import expect, sync_playwright

    # Patient, so that a busy machine fails no test; nothing waits longer than it must.
    expect.set_options(timeout=30_000)
    quiet = "background-networking component-update sync gpu"
    args = ["--no-sandbox", *(f"--disable-{part}" for part in quiet.split())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def rows_of_setup():
    """{number of the first permission: rows}, filled by set_up."""
    return {}


@pytest.fixture
def set_up(db, rows_of_setup):
    """What `manage.py setup` leaves: offices, roles and the two accounts.

    The command runs once; after that its rows are put back with the record's lines
    about them, which is much quicker than having the lines written each time.
    """
    from django.contrib.auth.models import Permission
    from django.db import transaction

    from lawblog.models import Entry
    from lawblog.records.watching import unwatched

    # A flush after a test with a live server makes the permissions anew.
    key = Permission.objects.order_by("pk").values_list("pk", flat=True).first()
    if key not in rows_of_setup:
        rows_of_setup[key] = _run_setup()
    rows = rows_of_setup[key]
    if Entry.objects.exists():  # A line's place in the chain is taken.
        rows = {model: made for model, made in rows.items() if model is not Entry}
    with transaction.atomic(), unwatched() if Entry in rows else nullcontext():
        for model, made in rows.items():
            model.objects.bulk_create(map(copy, made))
        count_on_from(rows.keys() - {Entry})


def count_on_from(models):
    """PostgreSQL's counters know nothing of rows that came with their numbers."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _run_setup():
    """{model: its rows} that the command writes, which is then undone."""
    import time_machine
    from django.apps import apps
    from django.core.management import call_command
    from django.db import transaction
    from helpers.desk import NOON

    # It counts the writes, these too.
    models = apps.get_models(include_auto_created=True)
    models = [model for model in models if model.__name__ != "SiteVersion"]
    with transaction.atomic(), time_machine.travel(NOON - timedelta(days=1)):
        there = {m: list(m.objects.values_list("pk", flat=True)) for m in models}
        call_command("setup", stdout=io.StringIO())
        written = {m: list(m.objects.exclude(pk__in=there[m])) for m in models}
        transaction.set_rollback(True)
    return {model: rows for model, rows in written.items() if rows}


@pytest.fixture
def finished_firm(set_up):
    """What an attorney must fill in before approving anything."""
    from offices.models import Attorney, Firm

    anna = Attorney.objects.create(name="Anna Example", slug="anna", admissions="NJ")
    Firm.objects.update(name="Example Firm", responsible_attorney=anna)


@pytest.fixture
def attorney(finished_firm):
    """In the role Attorney and nothing more: the first account is a superuser."""
    return _member("anna", "Attorney")


@pytest.fixture
def staff(set_up):
    return _member("sam", "Office staff")


def _member(username, role):
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(
        username,
        password="correct horse",
        is_staff=True,
        first_name=username.capitalize(),
        last_name="Example",
    )
    user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def attorney_client(attorney, client):
    client.force_login(attorney)
    return client


@pytest.fixture
def staff_client(staff, client):
    client.force_login(staff)
    return client


@pytest.fixture
def clock():
    """Stands at noon in New York, a Tuesday, until a test moves it."""
    import time_machine
    from helpers.desk import NOON

    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def make_post(db):
    """make_post("A title", topics=["Asylum"], **fields) → a draft."""
    from django.utils.text import slugify

    from posts.models import Post, Topic

    def make(title="A title", topics=(), **fields):
        fields = {
            "slug": slugify(title),
            "summary": f"Summary of {title}.",
            "body": f"<p>Text of {title}.</p>",
            "law_as_of": date(2026, 11, 2),
            **fields,
        }
        post = Post.objects.create(title=title, **fields)
        for name in topics:
            topic, _ = Topic.objects.get_or_create(
                name=name, defaults={"slug": slugify(name)}
            )
            post.topics.add(topic)
        return post

    return make


@pytest.fixture
def publish(make_post):
    """publish("A title", …) or publish(post): an edition that nobody signed."""
    from posts.models import Post
    from posts.publishing import publish

    def make(post="A title", *, at=None, **fields):
        if not isinstance(post, Post):
            post = make_post(post, **fields)
        return publish(post, by=None, at=at)

    return make


@pytest.fixture
def sitemap(client):
    """sitemap() → the text of the index and of all its sections."""
    import re

    def read(**options):
        index = client.get("/sitemap.xml", **options).content.decode()
        parts = re.findall(r"<loc>http://127.0.0.1:8000(.*?)</loc>", index)
        pages = [client.get(part, **options).content.decode() for part in parts]
        return "\n".join([index, *pages])

    return read


@pytest.fixture
def post_form():
    """The fields that the admin's article form sends, for a new article or `post`."""
    from lawblog.desk.locking import version_token

    def make(post=None, **fields):
        return {
            "version_token": version_token(post) if post else "",
            "superseded_by": "",
            "title": "A title",
            "slug": "a-title",
            "summary": "",
            "body": "<p>Some text.</p>",
            "language": "en",
            "author": "",
            "published_on": "",
            "law_as_of": "2026-11-02",
            "review_by": "",
            **fields,
        }

    return make
