"""The tables that tests begin with: made once, and emptied past the record's guards."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush, migrate
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import DjangoDbBlocker

from helpers.made_once import SHARED, locked
from helpers.served import ROOT
from lawblog.database.writes import forget_tables
from lawblog.models import Entry
from lawblog.records import triggers

# What the tables, their triggers and their first rows are made from.
MADE_FROM = ("migrations", "models", "models.py", "records", "search")


@pytest.fixture(scope="session", autouse=True)
def migrations_are_copied(request: pytest.FixtureRequest) -> Iterator[None]:
    """What `migrate` makes of an empty SQLite is kept in pytest's cache, and copied the
    next time: 75 migrations take six seconds, and each restore makes them all. In a
    cluster of PostgreSQL that is thrown away they are made once in a run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIGRATED", str(kept_in(request.config)))
        patch.setattr(migrate.Command, "handle", copying())
        patch.setattr(MigrationExecutor, "migrate", copying_states())
        yield


def kept_in(config: pytest.Config) -> Path:
    # There is none with -p no:cacheprovider.
    kept = getattr(config, "cache", None)
    return kept.mkdir("migrated") if kept else SHARED


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


def copy_migrations() -> None:
    """The same in a program of a test's own (served.helpers_too())."""
    migrate.Command.handle = copying()  # type: ignore[method-assign]


def copying() -> Callable[..., None]:
    """The work of `migrate`, with files kept in the folder that MIGRATED names."""
    handle, folder = migrate.Command.handle, Path(os.environ["MIGRATED"])

    def copy(self: migrate.Command, *args: Any, **options: Any) -> None:
        def make() -> None:
            handle(self, *args, **options)

        if options["app_label"] or connection.introspection.table_names():
            make()
        elif connection.vendor == "sqlite":
            _made_once(folder / f"{fingerprint()}.sqlite3", make)
        elif _is_thrown_away():
            _made_once_in_cluster(make)
        else:
            make()

    return copy


def copying_states() -> Callable[..., None]:
    """The same of an earlier state, as a restore makes of an older backup."""
    migrate, folder = MigrationExecutor.migrate, Path(os.environ["MIGRATED"])

    def copy(self: MigrationExecutor, targets: Any, *args: Any, **options: Any) -> Any:
        if args or options or not is_empty_sqlite():
            return migrate(self, targets, *args, **options)
        state = hashlib.sha256(repr(sorted(targets)).encode()).hexdigest()[:16]
        file = folder / f"{fingerprint()}-{state}.sqlite3"
        return _made_once(file, lambda: migrate(self, targets))

    return copy


def _made_once(file: Path, make: Callable[[], None]) -> None:
    with locked(file.parent / "lock"):
        if file.exists():
            _copy(file, into=connection)
        else:
            make()
            _keep(file)


def _is_thrown_away() -> bool:
    """Whether this cluster of PostgreSQL is for one run alone (tests/with-postgres)."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        return cursor.fetchone() == ("off",)


def _made_once_in_cluster(make: Callable[[], None]) -> None:
    """The other databases of this worker and of the other are copies of the first."""
    database, template = connection.settings_dict["NAME"], "migrated"
    with locked(SHARED / "migrated.lock"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            there = cursor.fetchone()
        if not there:
            make()
        # Neither may be in use while it is copied or dropped.
        connection.close()
        with connection._nodb_cursor() as cursor:
            if there:
                cursor.execute(f'DROP DATABASE "{database}"')
                cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE {template}')
            else:
                cursor.execute(f'CREATE DATABASE {template} TEMPLATE "{database}"')
    forget_tables(connection.alias)


def is_empty_sqlite() -> bool:
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


@cache
def fingerprint() -> str:
    """SHA-256 of every file that the migrated tables are made from."""
    found = hashlib.sha256(django.get_version().encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.path):
        ours = Path(app.path).is_relative_to(ROOT) and ".venv" not in app.path
        parts = MADE_FROM if ours else MADE_FROM[:1]
        for path in sorted(Path(app.path).rglob("*.py")):
            if not {*path.relative_to(app.path).parts}.isdisjoint(parts):
                found.update(path.read_bytes())
    return found.hexdigest()


def _keep(file: Path) -> None:
    for former in file.parent.glob("*.sqlite3*"):
        if not former.name.startswith(fingerprint()):
            former.unlink()
    unfinished = file.with_suffix(".sqlite3.new")
    with closing(sqlite3.connect(unfinished)) as kept:
        connection.connection.backup(kept)
        # Of a site's database it would be WAL, and so would every copy.
        kept.execute("PRAGMA journal_mode=DELETE")
    unfinished.rename(file)


def _copy(file: Path, into: Any) -> None:
    into.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(into.connection)
    forget_tables(into.alias)


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
