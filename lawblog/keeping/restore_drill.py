"""The restore drill: proves that the stored backup can be restored, into a database
that is thrown away."""

from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from . import backup, restore
from .archive import Archive, opened
from .automatic_backups import local_copy, stored_backups
from .databases import in_place_of_default, sqlite_file, workshop
from .locks import only_one
from .stored_backup import StoredBackup
from .upgrade import as_of_today


class DrillError(Exception):
    """The stored backup cannot be restored; says why."""


def run() -> str:
    """Restore the newest backup and compare it with what it holds; a sentence. An
    encrypted one cannot be read here: one is made that differs in nothing else."""
    with only_one("restore") as alone:
        if not alone:
            raise DrillError("A restore is running. The drill comes again later.")
        with workshop() as folder:
            newest = next(iter(stored_backups()), None)
            if newest and not newest.is_encrypted:
                with local_copy(newest, folder) as path:
                    return f"{newest.name}: {rehearse(path, folder)}"
            path = folder / "drill.zip"
            backup.write_to(path)
            return f"{_why(newest)}: {rehearse(path, folder)}"


def rehearse(path: Path, folder: Path) -> str:
    """Restore an archive into a database in `folder`. ArchiveError if it fails."""
    with opened(path) as archive:
        restore.verify(archive)
        with as_of_today(archive, folder) as current:
            _fill(current, folder)
        return f"restored and the same, {archive.manifest.summary}"


def _fill(archive: Archive, folder: Path) -> None:
    with in_place_of_default(sqlite_file(folder / "drill.sqlite3")):
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            restore.fill(archive)


def _why(newest: StoredBackup | None) -> str:
    if newest:
        return f"made for this, since {newest.name} is encrypted"
    return "made for this, since none is kept yet"
