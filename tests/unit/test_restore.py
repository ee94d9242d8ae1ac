"""A restore: all of it or nothing, and nothing that was not asked for."""

import io
import json
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from helpers.served import helpers_too
from helpers.sites import PICTURE, environment

from lawblog.keeping import backup, before_restore, hooks, loading, restore
from lawblog.keeping.archive import ArchiveError, ArchiveWriter, Manifest, opened
from lawblog.keeping.databases import in_place_of_default, sqlite_file
from lawblog.keeping.models import JobRun
from lawblog.keeping.tables import carried, columns, encoded, lines
from lawblog.keeping.upgrade import leaves_of
from lawblog.models import SiteVersion
from lawblog.records.watching import unwatched
from posts.models import Post, Topic

# Whole sites are written and read.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def state():
    """All that a restore replaces, as text."""
    return {label: b"".join(lines(table)) for label, table in carried().items()}


@pytest.fixture
def archive(sites, tmp_path):
    """Of a site with one article more than sites.filled has."""
    path = tmp_path / "archive.zip"
    with sites.filled("origin"):
        Post.objects.create(title="One more", slug="one-more", law_as_of="2026-11-02")
        backup.write_to(path)
    return path


def rewritten(path, part, change):
    """The archive with another text of one part, as its own manifest has it."""
    goal = path.with_name("rewritten.zip")
    with opened(path) as old, goal.open("wb") as file:
        writer = ArchiveWriter(file)
        for each in old.manifest.parts:
            data = b"".join(old.chunks(each))
            with writer.part(each.name, packed=True) as write:
                write(change(data) if each.name == part else data)
        rows = {p.name: p.rows for p in old.manifest.parts}
        parts = [type(p)(p.name, p.bytes, p.sha256, rows[p.name]) for p in writer.parts]
        old.manifest.parts = parts
        writer.finish(old.manifest)
    return goal


def test_a_site_in_use_is_replaced_only_when_told_and_saved_before(sites, archive):
    with sites.filled("goal") as site:
        before = state()
        with pytest.raises(CommandError, match="This site is not empty: it holds "):
            call_command("restore", str(archive))
        assert state() == before
        told = io.StringIO()
        call_command("restore", str(archive), "--replace", stdout=told)
        assert Post.objects.filter(slug="one-more").exists()
        (saved,) = (site.var / "backups").iterdir()
        assert str(saved) in told.getvalue()
        call_command("restore", str(saved), "--replace", stdout=io.StringIO())
        assert state() == before


def test_a_dry_run_touches_nothing(sites, archive):
    with sites.empty("goal") as site:
        before = state()
        told = io.StringIO()
        call_command("restore", str(archive), "--dry-run", stdout=told)
        assert "Would be restored: " in told.getvalue()
        assert state() == before and not (site.var / "media").exists()


def test_kept_pages_grow_old_and_sessions_end_but_the_machine_keeps_its_own(
    sites, archive
):
    with sites.filled("goal"):
        Session.objects.create(session_key="a", expire_date=timezone.now())
        JobRun.objects.create(name="backup", outcome="of this machine")
        before = SiteVersion.objects.current()
        restore.into_this_site(archive, replace=True)
        assert not Session.objects.exists()
        assert JobRun.objects.get().outcome == "of this machine"
        assert SiteVersion.objects.current() > before


def try_to_save(site):
    """What becomes of a save by another program, that does not care to wait."""
    script = "UPDATE posts_topic SET name = 'Meanwhile'"
    if "sqlite" in site.config["ENGINE"]:
        with closing(sqlite3.connect(site.config["NAME"], timeout=0)) as other:
            other.execute("SELECT name FROM posts_topic").fetchone()
            other.execute(script)
            other.commit()
        return
    with in_place_of_default(site.config), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
        cursor.execute("SELECT name FROM posts_topic")
        cursor.execute(script)


@pytest.mark.parametrize("when", ["before", "after"])
def test_nobody_saves_between_what_is_saved_and_what_replaces_it(
    sites, archive, monkeypatch, when
):
    """A save at that moment would be in neither. Readers go on."""
    save, refused = before_restore.save, []

    def save_while_others_write():
        saved = None if when == "before" else save()
        try:
            try_to_save(site)
        except (OperationalError, sqlite3.OperationalError) as error:
            refused.append(str(error))
        return saved or save()

    with sites.filled("goal") as site:
        try_to_save(site)
        monkeypatch.setattr(before_restore, "save", save_while_others_write)
        done = restore.into_this_site(archive, replace=True)
        assert len(refused) == 1 and "lock" in refused[0]
        assert Topic.objects.get().name == "Asylum"
        with zipfile.ZipFile(done.kept_as) as saved:
            assert "Meanwhile" in saved.read("rows/posts.topic.jsonl").decode()


def with_nul(data):
    return data.replace(b'"A draft"', b'"A\\u0000draft"')


@pytest.mark.parametrize(
    "part, change, words",
    [
        ("posts.topic", lambda d: d.replace(b"slug", b"slag"), "has other columns"),
        ("posts.topic", lambda d: b"", "has other columns"),
        ("posts.topic", lambda d: d + b"[1,\n", "has a row that does not fit"),
        ("posts.topic", lambda d: d + b"[1]\n", "has a row that does not fit"),
        ("posts.topic", lambda d: d + d.split(b"\n")[1] + b"\n", "refuses row 1 "),
        ("posts.post", lambda d: d.replace(b'"2026-11-02"', b'"no"'), "does not fit"),
        (
            "auth.user",
            lambda d: d[: d.index(b"\n") + 1],
            "refers to one that is not in",
        ),
        ("posts.topic", lambda d: d.replace(b",{},", b",{ },"), "is not the same in"),
        ("posts.post", lambda d: d[:-1], "has a line that does not end"),
    ],
    ids=range(9),
)
def test_rows_that_do_not_fit_change_nothing(sites, archive, part, change, words):
    spoilt = rewritten(archive, f"rows/{part}.jsonl", change)
    with sites.filled("goal"):
        before = state()
        with pytest.raises(ArchiveError, match=words):
            filled_with(spoilt)
        assert state() == before


def filled_with(archive):
    """What a restore does within its transaction."""
    with opened(archive) as found, transaction.atomic():
        restore.fill(found)


def test_a_row_that_postgresql_cannot_hold_is_named(sites, archive):
    spoilt = rewritten(archive, "rows/posts.post.jsonl", with_nul)
    with sites.filled("goal"):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite holds it")
        with pytest.raises(ArchiveError, match="rows/posts.post.jsonl.* row 4 .*NUL"):
            filled_with(spoilt)


@pytest.mark.parametrize("wrong", ["check", "head"])
def test_a_record_that_does_not_hold_undoes_all(sites, archive, monkeypatch, wrong):
    if wrong == "check":
        monkeypatch.setattr(hooks.hooks, "checks", [lambda: ["Line 7 is broken."]])
    else:
        heads = [{"seq": 1, "head": "a"}, {"seq": 2, "head": "b"}]
        monkeypatch.setattr(hooks.hooks, "heads", [lambda: heads.pop(0)])
        with sites.filled("origin"):
            archive.unlink()
            backup.write_to(archive)
    with sites.filled("goal"):
        before = state()
        words = "Line 7 is broken." if wrong == "check" else "The ledger does not end"
        with pytest.raises(ArchiveError, match=words):
            filled_with(archive)
        assert state() == before


def test_guards_are_lifted_while_rows_are_replaced(sites, archive, monkeypatch):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def lifted(alias):
        seen.append((alias, connection.in_atomic_block))
        yield
        seen.append(Post.objects.filter(slug="one-more").exists())

    guards = [*hooks.hooks.while_loading, lifted]
    monkeypatch.setattr(hooks.hooks, "while_loading", guards)
    with sites.empty("goal"):
        restore.into_this_site(archive)
    assert seen == [("default", True), True]


def test_a_newer_archive_is_refused_by_the_name_of_what_is_new(sites, archive):
    with opened(archive) as newer:
        newer.manifest.migrations.append(["posts", "9999_from_the_future"])
        with pytest.raises(ArchiveError, match="posts.9999_from_the_future"):
            restore.check(newer, replace=True)


def test_a_database_in_place_of_another_is_not_taken_for_it(sites, tmp_path):
    with sites.empty("goal"):
        Topic.objects.create(name="Here", slug="here")
        with in_place_of_default(sqlite_file(tmp_path / "new.sqlite3")):
            with connection.schema_editor() as editor:
                editor.create_model(Topic)
            # What goes along with a write needs tables that are not there.
            Topic.objects.create(name="There", slug="there")
        assert Topic.objects.get().slug == "here"


def test_an_older_archive_is_migrated(sites, tmp_path):
    path = tmp_path / "old.zip"
    old = in_place_of_default(sqlite_file(tmp_path / "old.sqlite3"))
    # Models and tables need not fit each other, as while a site is migrated.
    with old, unwatched():
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        (newest,) = graph.leaf_nodes("posts")
        then = leaves_of(
            set(graph.nodes) - set(graph.backwards_plan(newest)), executor.loader
        )
        executor.migrate(then)
        state = executor.loader.project_state(then)
        state.apps.get_model("posts", "Topic").objects.create(name="Old", slug="old")
        with path.open("wb") as file:
            writer = ArchiveWriter(file)
            backup.write_rows(writer, state.apps)
            writer.finish(
                Manifest("then", "a", "sqlite", backup.applied(), parts=writer.parts)
            )
    with sites.empty("goal"):
        restore.into_this_site(path)
        assert Topic.objects.get().slug == "old"
        assert list(newest) in backup.applied()


def test_tables_have_their_columns_in_one_order_in_every_state(db):
    """Or an archive could not be read as of the version that wrote it."""
    loader = MigrationExecutor(connection).loader
    state = loader.project_state(loader.graph.leaf_nodes())
    as_migrated = carried(state.apps)
    assert set(as_migrated) == set(carried())
    for label, table in carried().items():
        names = [field.attname for field in columns(table)]
        assert [field.attname for field in columns(as_migrated[label])] == names


def test_a_spoilt_picture_is_mended_and_a_strange_one_left_alone(sites, archive):
    with sites.filled("goal") as site:
        picture = site.var / "media" / PICTURE
        picture.write_bytes(b"half")
        other = site.var / "media/pictures/other.png"
        other.write_bytes(b"other")
        assert restore.into_this_site(archive, replace=True).files_written == 1
        with default_storage.open(PICTURE) as file:
            assert len(file.read()) == 5120
        assert other.read_bytes() == b"other"
        assert restore.into_this_site(archive, replace=True).files_written == 0


POINTS = "a picture, half of the rows, all rows, all is filled, before the end"
POINTS = POINTS.split(", ")
KILLED = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from helpers.database import copy_migrations
copy_migrations()
from lawblog.keeping import loading, restore, sqlite, postgresql, files, hooks
def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)
def after(function):
    def both(*args, **options):
        function(*args, **options)
        die()
    return both
point = sys.argv[2]
if point == "half of the rows":
    loading._reset_sequences = die
elif point == "all rows":
    restore.compare = after(restore.compare)
elif point == "all is filled":
    hooks.hooks.checks.append(die)
elif point == "a picture":
    os.replace = die
elif point == "before the end":
    sqlite._copy_over = die
    postgresql.SiteVersion.objects.move = die
restore.into_this_site(Path(sys.argv[1]), replace=True)
"""


def test_killed_at_any_point_the_old_site_is_there(sites, archive):
    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).unlink()
        before = state()
        for point in POINTS:
            command = [sys.executable, "-W", "ignore", "-c", KILLED, archive, point]
            env = environment(site) | helpers_too()
            options = {"cwd": ROOT, "env": env, "capture_output": True}
            done = subprocess.run(command, **options)
            assert done.returncode == -signal.SIGKILL, (point, done.stderr)
            assert state() == before, point
        # The next try finds nothing in its way.
        restore.into_this_site(archive, replace=True)
        assert Post.objects.filter(slug="one-more").exists()
        assert not (site.var / "restoring").exists()
        # What was half written is housekeeping's.
        pictures = (site.var / "media/pictures").glob("[!.]*")
        assert [p.name for p in pictures] == [PICTURE.split("/")[1]]


@pytest.mark.parametrize("where", ["pictures", "rows", "the end"])
def test_a_disk_that_is_full_half_way_changes_nothing_and_says_so(
    sites, archive, monkeypatch, where
):
    from lawblog.keeping import files, postgresql, sqlite

    def full(*args, **options):
        if where == "pictures":
            raise OSError(28, "No space left on device")
        if where == "rows":
            raise OperationalError("database or disk is full")
        raise sqlite3.OperationalError("database or disk is full")

    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).unlink()
        before = state()
        ends = {"sqlite": (sqlite, "_copy_over"), "postgresql": (postgresql, "lock")}
        place = {"pictures": (files, "write_atomically"), "rows": (restore, "compare")}
        monkeypatch.setattr(*place.get(where, ends[sites.here]), full)
        with pytest.raises(CommandError, match="stopped half-way: .*Nothing was"):
            call_command("restore", str(archive), "--replace", stdout=io.StringIO())
        assert state() == before
        assert not (site.var / "restoring").exists()


def test_after_a_restore_that_failed_new_rows_get_numbers_of_their_own(
    sites, archive, monkeypatch
):
    def fail(*args):
        raise OperationalError("the server closed the connection")

    with sites.filled("goal"):
        # More than the archive has: its numbers are taken here.
        for number in range(3):
            Topic.objects.create(name=f"T{number}", slug=f"t{number}")
        monkeypatch.setattr(restore, "compare", fail)
        with pytest.raises(ArchiveError, match="stopped half-way"):
            restore.into_this_site(archive, replace=True)
        Topic.objects.create(name="After", slug="after")


def test_two_at_once_are_one(sites, archive):
    from lawblog.keeping.locks import only_one

    with sites.empty("goal") as site, only_one("restore") as alone:
        assert alone
        environment_ = environment(site)
        command = [sys.executable, "manage.py", "restore", str(archive)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment_, capture_output=True, text=True
        )
        assert done.returncode == 1
        assert "Another restore is running." in done.stderr
        assert not User.objects.exists()


def test_long_rows_come_in_smaller_batches(monkeypatch):
    monkeypatch.setattr(loading, "MOST_BYTES", 10)
    rows = [b"x" * size for size in (1, 1, 1, 1, 11, 4, 4, 4, 1)]
    found = [list(map(len, some)) for some in loading._in_batches(iter(rows), 3)]
    assert found == [[1, 1, 1], [1, 11], [4, 4, 4], [1]]


def test_the_same_rows_give_the_same_bytes():
    values = [1, None, True, "ñ\u2028", {"b": 1, "a": [1.5]}, 1.5]
    text = '[1,null,true,"ñ\u2028",{"a":[1.5],"b":1},1.5]\n'
    assert encoded(values) == text.encode()
    assert json.loads(text) == values


def test_the_record_comes_back_line_for_line_with_its_guards(sites, archive):
    from lawblog.records import triggers
    from lawblog.records.backup_hooks import head, problems

    with sites.filled("origin"):
        there = head()
    with sites.empty("goal"):
        restore.into_this_site(archive)
        assert head() == there and there["seq"] > 0
        assert list(problems()) == []
        assert list(triggers.missing("default")) == []
