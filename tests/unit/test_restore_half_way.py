"""A restore that is stopped half-way, by whatever, has changed nothing."""

import io
import os
import signal
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from helpers.restoring import state
from helpers.sites import PICTURE

from lawblog.keeping import (
    backup,
    before_restore,
    incoming,
    loading,
    postgresql,
    restore,
    sqlite,
)
from lawblog.keeping.archive import ArchiveError, ArchiveWriter, opened
from lawblog.keeping.archive.names import file_of
from lawblog.keeping.databases import in_place_of_default
from lawblog.records import restoring
from posts.models import Post, Topic

# Whole sites are written and read.
pytestmark = pytest.mark.slow


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


LONGEST = "pictures/" + "ü" * 125 + ".png"  # 254 bytes
MORE = {LONGEST: b"more", "pictures/in/deep.png": b"deep"}


def add_pictures(path):
    """Further files into an archive, as if its site had them."""
    with opened(path) as old:
        files = {file_of("media", name): data for name, data in MORE.items()}
        parts = {each.name: b"".join(old.chunks(each)) for each in old.manifest.parts}
        rows = {each.name: each.rows for each in old.manifest.parts}
    with path.with_name("more.zip").open("wb") as file:
        writer = ArchiveWriter(file)
        for name, data in {**parts, **files}.items():
            with writer.part(name, packed=True) as write:
                write(data)
        old.manifest.parts = [replace(p, rows=rows.get(p.name)) for p in writer.parts]
        writer.finish(old.manifest)
    path.with_name("more.zip").replace(path)


def pictures(site, hidden=False):
    """{name: bytes} of what lies in the folder of pictures."""
    there = [path for path in (site.var / "media").rglob("*") if path.is_file()]
    return {
        path.relative_to(site.var / "media").as_posix(): path.read_bytes()
        for path in there
        if hidden or not path.name.startswith(".")
    }


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
        monkeypatch.setattr(restoring, "problems", lambda: ["Line 7 is broken."])
    else:
        heads = [{"seq": 1, "head": "a"}, {"seq": 2, "head": "b"}]
        monkeypatch.setattr(restoring, "head", lambda: heads.pop(0))
        with sites.filled("origin"):
            archive.unlink()
            backup.write_to(archive)
    with sites.filled("goal"):
        before = state()
        words = "Line 7 is broken." if wrong == "check" else "The ledger does not end"
        with pytest.raises(ArchiveError, match=words):
            filled_with(archive)
        assert state() == before


POINTS = """a picture, half of the rows, all rows, all is filled, a new picture,
before the end"""


POINTS = POINTS.replace("\n", " ").split(", ")


def dies(archive, point):
    """How a process ends that restores and is killed at this point."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            die_at(point)
            restore.into_this_site(archive, replace=True)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(point):
    def die(*args, **options):
        os.kill(os.getpid(), signal.SIGKILL)

    def compare(*args, before=restore.compare):
        before(*args)
        die()

    if point == "half of the rows":
        loading.reset_sequences = die
    elif point == "all rows":
        restore.compare = compare
    elif point == "all is filled":
        restoring.problems = die
    elif point == "a picture":
        incoming.write_beside = die
    elif point == "a new picture":
        os.replace = die
    elif point == "before the end":
        sqlite._copy_over = die
        postgresql.SiteVersion.objects.move = die


def test_killed_at_any_point_the_old_site_is_there(sites, archive):
    add_pictures(archive)
    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).write_bytes(b"of the old site")
        before = state()
        for point in POINTS:
            assert dies(archive, point) == -signal.SIGKILL, point
            assert state() == before, point
            # What was half written is housekeeping's.
            shown = pictures(site)
            assert shown.pop(PICTURE) == b"of the old site", point
            assert not shown or point == "before the end", point
        # The next try finds nothing in its way.
        restore.into_this_site(archive, replace=True)
        assert Post.objects.filter(slug="one-more").exists()
        assert not (site.var / "restoring").exists()
        assert pictures(site).keys() == {PICTURE, *MORE}
        assert len(pictures(site)[PICTURE]) == 5120


@pytest.mark.parametrize("where", ["pictures", "rows", "the end"])
def test_a_disk_that_is_full_half_way_changes_nothing_and_says_so(
    sites, archive, monkeypatch, where
):
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
        place = {"pictures": (incoming, "write_beside"), "rows": (restore, "compare")}
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


def test_a_restore_that_fails_leaves_every_file_as_it_was(sites, archive, monkeypatch):
    """Nor does a file of a hostile archive lie about, whose rows are not what they say;
    and what is saved before is the old site's."""
    add_pictures(archive)
    spoilt = rewritten(archive, "rows/posts.topic.jsonl", lambda d: d + b"[1]\n")
    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).write_bytes(b"of the old site")
        before = pictures(site, hidden=True)
        with pytest.raises(ArchiveError, match="has a row that does not fit"):
            restore.into_this_site(spoilt, replace=True)
        assert pictures(site, hidden=True) == before
        kept = restore.into_this_site(archive, replace=True).kept_as
        with zipfile.ZipFile(kept) as saved:
            assert saved.read(file_of("media", PICTURE)) == b"of the old site"
        assert pictures(site, hidden=True).keys() == {PICTURE, *MORE}


def test_what_is_in_a_files_way_is_named(sites, archive):
    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).unlink()
        (site.var / "media" / PICTURE).mkdir()
        with pytest.raises(ArchiveError, match=f"Is a directory: .*/{PICTURE}. Not"):
            restore.into_this_site(archive, replace=True)


def test_a_picture_that_cannot_be_replaced_is_named(sites, archive, monkeypatch):
    def refuse(one, take=incoming.Incoming.take_its_name):
        if one.name == PICTURE:
            raise OSError(1, "Operation not permitted")
        take(one)

    with sites.filled("goal") as site:
        (site.var / "media" / PICTURE).write_bytes(b"of the old site")
        monkeypatch.setattr(incoming.Incoming, "take_its_name", refuse)
        with pytest.raises(ArchiveError, match=f"restored, but {PICTURE} could not be"):
            restore.into_this_site(archive, replace=True)
        assert Post.objects.filter(slug="one-more").exists()
        monkeypatch.undo()
        assert restore.into_this_site(archive, replace=True).files_written == 1
