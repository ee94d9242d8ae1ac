"""A restore: all of it or nothing, and nothing that was not asked for."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from helpers.restoring import state
from helpers.sites import PICTURE, environment
from reversion.models import Version

from lawblog.keeping import (
    backup,
    loading,
    restore,
)
from lawblog.keeping.archive import ArchiveError, opened
from lawblog.keeping.databases import in_place_of_default, sqlite_file
from lawblog.keeping.models import JobRun
from lawblog.keeping.tables import carried, columns, encoded
from lawblog.models import SiteVersion
from lawblog.records import restoring
from posts.history import deleted_drafts
from posts.models import PassageNote, Post, Topic

# Whole sites are written and read.
pytestmark = pytest.mark.slow


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


def test_guards_are_lifted_while_rows_are_replaced(sites, archive, monkeypatch):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def lifted(alias, replaced=restoring.replaced):
        seen.append((alias, connection.in_atomic_block))
        with replaced(alias):
            yield
        seen.append(Post.objects.filter(slug="one-more").exists())

    monkeypatch.setattr(restoring, "replaced", lifted)
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


def test_an_older_archive_is_migrated(sites, older_archive):
    path, newest = older_archive
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


def test_two_at_once_are_one(sites, archive, forked):
    from lawblog.keeping.locks import only_one

    with sites.empty("goal") as site, only_one("restore") as alone:
        assert alone
        done = forked("manage.py", "restore", str(archive), env=environment(site))
        assert done.returncode == 1
        assert "Another restore is running, or housekeeping tries" in done.stderr
        assert not User.objects.exists()


def test_long_rows_come_in_smaller_batches(monkeypatch):
    monkeypatch.setattr(loading, "MAX_BYTES_AT_ONCE", 10)
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
    from lawblog.records.restoring import head, problems

    with sites.filled("origin"):
        there = head()
    with sites.empty("goal"):
        restore.into_this_site(archive)
        assert head() == there and there["seq"] > 0
        assert list(problems()) == []
        assert list(triggers.missing("default")) == []


def test_a_draft_that_was_deleted_keeps_its_number(sites, tmp_path):
    """So a new one has no history of another, which would not come back either."""
    with sites.filled("origin"):
        post = Post.objects.create(title="Gone", slug="gone")
        PassageNote.objects.create(post=post, text="Why?")
        number = post.pk
        deleted_drafts.delete(post, None)
        backup.write_to(tmp_path / "archive.zip")
    for vendor in sites.kinds:
        with sites.empty(f"goal-{vendor}", vendor):
            restore.into_this_site(tmp_path / "archive.zip")
            assert Post.objects.create(title="New", slug="new").pk > number
            assert (
                PassageNote.objects.create(post=Post.objects.first(), text="Other").pk
                > 1
            )
            version = Version.objects.get_deleted(Post).get(object_id=number)
            by = User.objects.create_user("sam")
            back, left_out = deleted_drafts.bring_back(version, by)
            assert (back.pk, left_out) == (number, [])
