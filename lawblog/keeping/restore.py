"""Restores an archive into this site: all of it, or nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lawblog.records import restoring

from . import backup, before_restore, hooks, postgresql, sqlite
from .archive import Archive, ArchiveError, Manifest, opened
from .databases import workshop
from .incoming import incoming
from .loading import UNSPOILT, compare, load
from .locks import only_one
from .progress import Progress
from .tables import carried
from .upgrade import as_of_today, refuse_unknown_migrations

# Their rows are made by programs, before anybody has done anything.
OF_PROGRAMS = {
    "auth.group",
    "auth.group_permissions",
    "auth.permission",
    "contenttypes.contenttype",
    "lawblog.role",
    "lawblog.role_given",
    # When the record was last checked: an empty one was.
    "lawblog.verification",
}
# Bytes that a database takes for each byte of rows in an archive.
ROOM = 3


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    files_written: int
    kept_as: Path | None  # the archive of what was replaced


def into_this_site(
    path: Path, *, replace: bool = False, identity: Path | None = None
) -> Restored:
    """Everything is verified before anything is touched; killed at any moment, the
    site is the old one or the new one, and the old one's pictures are as they were.
    ArchiveError says why it was not done."""
    with only_one("restore") as alone, opened(path, identity) as archive:
        if not alone:
            raise ArchiveError(
                "Another restore is running, or housekeeping tries a backup: wait "
                "until it has ended."
            )
        check(archive, replace)
        with _failures_told():
            return _replaced(archive)


def _replaced(archive: Archive) -> Restored:
    with (
        workshop() as folder,
        as_of_today(archive, folder) as current,
        incoming(archive) as found,
    ):
        save = before_restore.save if _rows_here() else _nothing_to_save
        if connection.vendor == "sqlite":
            saved = sqlite.replace(folder, lambda: fill(current), save, found.add)
        else:
            saved = postgresql.replace(lambda: fill(current), save, found.add)
        found.replace()
    return Restored(archive.manifest, found.count, saved)


@contextmanager
def _failures_told() -> Iterator[None]:
    """A disk that is full, or a database that is gone, half-way: all is undone."""
    try:
        yield
    except (DatabaseError, sqlite3.Error, OSError) as error:
        what: object = error
        if isinstance(error, OSError):
            where = f": {error.filename}" if error.filename else ""
            what = f"{error.strerror}{where}"
        raise ArchiveError(
            f"The restore stopped half-way: {str(what).strip().rstrip('.')}. {UNSPOILT}"
        ) from error


def read_through(path: Path, identity: Path | None) -> Manifest:
    """Verify all of an archive, and touch nothing; ArchiveError as verify() has it."""
    with opened(path, identity) as archive:
        verify(archive)
        return archive.manifest


def check(archive: Archive, replace: bool) -> None:
    """ArchiveError unless the archive could be restored here. Only reads."""
    verify(archive)
    refuse_unknown_migrations(archive.manifest)
    _refuse_unless(replace)
    _refuse_without_room(archive)


def verify(archive: Archive) -> None:
    """Read all of it; ArchiveError for the first that is wrong."""
    with Progress("Verifying", archive.manifest.bytes, unit=" B") as progress:
        archive.verify(progress)


def fill(archive: Archive) -> None:
    """The default database holds the archive's rows, proven, and what is made of them.
    Belongs in a transaction, which is to be undone if this raises."""
    with restoring.replaced(DEFAULT_DB_ALIAS):
        load(archive)
    compare(archive)
    for rebuild in hooks.rebuilds:
        rebuild()
    # What this software has that the archive's did not: kinds of rows and rights.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
    problems = list(restoring.problems())
    if archive.manifest.ledger not in (None, restoring.head()):
        problems.append("The ledger does not end as the archive's manifest says.")
    if problems:
        raise ArchiveError(f"{problems[0]} {UNSPOILT}")


def _nothing_to_save() -> None:
    return None


def _rows_here() -> int:
    """How many rows somebody wrote on this site; 0 before its first use."""
    if not backup.applied():
        return 0
    return sum(
        table._base_manager.count()
        for label, table in carried().items()
        if label not in OF_PROGRAMS
    )


def _refuse_unless(replace: bool) -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting and backup.applied():
        raise ArchiveError("This site was not migrated yet: run migrate first.")
    if (there := _rows_here()) and not replace:
        raise ArchiveError(
            f"This site is not empty: it holds {there:,} row{'s' * (there > 1)}. "
            f"{UNSPOILT} With --replace all of it gives way to the backup; it is saved "
            "before."
        )


def _refuse_without_room(archive: Archive) -> None:
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < (needed := archive.manifest.bytes * ROOM):
        raise ArchiveError(
            f"{needed:,} bytes may be needed in {settings.VAR_DIR}, and {free:,} are "
            f"free. {UNSPOILT}"
        )
