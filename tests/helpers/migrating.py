"""What `migrate` makes of an empty database is kept, and copied the next time. Needs no
settings before it is used."""

import glob
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import django
from django.apps import apps
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from helpers.made_once import SHARED, locked
from lawblog.database.writes import forget_tables

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = (glob.glob("/usr/lib/postgresql/*/bin") or [""])[-1]
# What the tables, their triggers and their first rows are made from.
MADE_FROM = ("migrations", "models", "models.py", "records", "search")


def copy_migrations(replace: Callable[[object, str, Any], None] = setattr) -> None:
    """For a program with the variables of served.helpers_too()."""
    replace(migrate.Command, "handle", copying())
    replace(MigrationExecutor, "migrate", copying_states())


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
            _made_once_in_cluster(folder / f"{fingerprint()}.dump", make)
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


def _made_once_in_cluster(file: Path, make: Callable[[], None]) -> None:
    """The other databases of this worker and of the other are copies of the first."""
    database, template = connection.settings_dict["NAME"], "migrated"
    with locked(SHARED / "migrated.lock"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            there = cursor.fetchone()
        if not there:
            _read_or_write(file, make)
        # Neither may be in use while it is copied or dropped.
        connection.close()
        with connection._nodb_cursor() as cursor:
            if there:
                cursor.execute(f'DROP DATABASE "{database}"')
                cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE {template}')
            else:
                cursor.execute(f'CREATE DATABASE {template} TEMPLATE "{database}"')
    forget_tables(connection.alias)


def _read_or_write(file: Path, make: Callable[[], None]) -> None:
    """What PostgreSQL makes of the migrations is kept from run to run as SQL."""
    read, write = (which(name, path=POSTGRES or None) for name in ("psql", "pg_dump"))
    assert connection.connection
    database = ("-d", connection.connection.dsn)
    if not (read and write):
        make()
    elif file.exists():
        command = [read, *database, "-qX", "-v", "ON_ERROR_STOP=1", "-f", file]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    else:
        make()
        for former in file.parent.glob("*.dump*"):
            former.unlink()
        unfinished = file.with_suffix(".dump-unfinished")
        subprocess.run([write, *database, "-f", unfinished], check=True)
        unfinished.rename(file)


def is_empty_sqlite() -> bool:
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


@cache
def fingerprint() -> str:
    """SHA-256 of every file that the migrated tables are made from."""
    found = hashlib.sha256(django.get_version().encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
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
