"""The tables that tests begin with: made once, and emptied past the record's guards."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from helpers.made_once import SHARED
from helpers.migrating import copy_migrations
from lawblog.models import Entry
from lawblog.records import triggers


@pytest.fixture(scope="session", autouse=True)
def migrations_are_copied(request: pytest.FixtureRequest) -> Iterator[None]:
    """What `migrate` makes of an empty SQLite is kept in pytest's cache, and copied the
    next time: 75 migrations take six seconds, and each restore makes them all. In a
    cluster of PostgreSQL that is thrown away one database is made so, from SQL, and
    the others are copies of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIGRATED", str(kept_in(request.config)))
        copy_migrations(patch.setattr)
        yield


def kept_in(config: pytest.Config) -> Path:
    # There is none with -p no:cacheprovider.
    kept = getattr(config, "cache", None)
    return kept.mkdir("migrated") if kept else SHARED


@pytest.fixture(scope="session", autouse=True)
def threads_close_their_own() -> Iterator[None]:
    """Django's close() leaves a database in memory open, which would be gone; but a
    thread's own connection is only one more to it, and Python 3.13 tells of each that
    nobody closed."""
    keep_open, main = DatabaseWrapper.close, threading.main_thread().ident

    def close(self: DatabaseWrapper) -> None:
        is_mains = self._thread_ident == main
        (keep_open if is_mains else BaseDatabaseWrapper.close)(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseWrapper, "close", close)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    migrations_are_copied: None,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            leave_alone()


def leave_alone() -> None:
    """A browser's last request may still hold the database that is to be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def flush_goes_around_the_guards() -> Iterator[None]:
    """What empties the tables after a test with transactions of its own is stopped by
    the triggers of the record, and by what records its deletions.

    Types and permissions stay: making them and what `setup` leaves anew after each such
    test took as long as the tests themselves.
    """
    kept = {Permission._meta.db_table, ContentType._meta.db_table}

    def sql_flush(style: Any, connection: Any, **options: Any) -> list[str]:
        connection = connections[connection.alias]
        tables = connection.introspection.django_table_names(True, False)
        filled = with_rows(connection, {*tables} - kept)
        # What a DELETE leaves in the record is deleted at last.
        deletes = [f"DELETE FROM {name}" for name in [*filled, Entry._meta.db_table]]  # noqa: S608
        if connection.vendor == "postgresql":
            # Which table refers to which is looked at when all are empty.
            deletes.append("SET CONSTRAINTS ALL IMMEDIATE")
        guards = triggers.dropping(connection), triggers.creating(connection)
        return [*guards[0], *deletes, *guards[1]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **options: None)
        yield


def with_rows(connection: Any, tables: set[str]) -> list[str]:
    """Most are empty: emptying eighty takes PostgreSQL longer than most tests."""
    asked = (
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - our own
        for name in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]
