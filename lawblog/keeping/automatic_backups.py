"""Backups that housekeeping makes: in BACKUP_DIR, or in the bucket that
BACKUP_S3_BUCKET names. Beside each is its SHA-256, in the format of `sha256sum -c`."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.utils import timezone as django_timezone

from . import backup, before_restore
from .bucket_errors import errors_as_sentences
from .retention import Retention, to_remove
from .stored_backup import ENCRYPTED, PLAIN, StoredBackup

NAME = re.compile(r"lawblog-(\d{4}-\d\d-\d\dT\d{6})Z\.zip(\.age)?")
NAME_TIME_FORMAT = "%Y-%m-%dT%H%M%S"
CHECKSUM_ENDING = ".sha256"


def store() -> Storage:
    return storages["backups"]


@errors_as_sentences()
def stored_backups() -> list[StoredBackup]:
    """The backups there are, the newest first."""
    _, names = store().listdir("")
    found = [(name, NAME.fullmatch(name)) for name in names]
    backups = [
        StoredBackup(name, _moment(match[1]), store().size(name))
        for name, match in found
        if match
    ]
    return sorted(backups, key=lambda each: each.made_at, reverse=True)


def make_backup() -> StoredBackup:
    """Make a backup now, store it, and remove those that are too old. ArchiveError."""
    moment = django_timezone.now().astimezone(timezone.utc)
    ending = ENCRYPTED if settings.BACKUP_RECIPIENTS else PLAIN
    name = f"lawblog-{moment.strftime(NAME_TIME_FORMAT)}Z{ending}"
    with _beside_the_store() as folder:
        path = folder / name
        backup.write_to(path, settings.BACKUP_RECIPIENTS)
        size = path.stat().st_size
        _keep(path)
    prune()
    before_restore.prune()
    return StoredBackup(name, _moment(moment.strftime(NAME_TIME_FORMAT)), size)


@contextmanager
def _beside_the_store() -> Iterator[Path]:
    """A folder from which a file gets into the store whole or not at all."""
    if not settings.BACKUP_IN_S3:
        yield Path(settings.BACKUP_DIR)
        return
    with TemporaryDirectory(dir=settings.VAR_DIR, prefix=".backup-") as folder:
        yield Path(folder)


@errors_as_sentences()
def _keep(path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(2**20):
            digest.update(data)
    if settings.BACKUP_IN_S3:
        with path.open("rb") as file:
            store().save(path.name, File(file))
    store().save(
        path.name + CHECKSUM_ENDING,
        ContentFile(f"{digest.hexdigest()}  {path.name}\n".encode()),
    )


@errors_as_sentences()
def prune() -> list[str]:
    """Remove the backups that need not be kept any longer; their names."""
    kept = Retention(
        settings.BACKUP_DAILY, settings.BACKUP_WEEKLY, settings.BACKUP_MONTHLY
    )
    local = {django_timezone.localtime(each.made_at): each for each in stored_backups()}
    names = sorted(local[moment].name for moment in to_remove(local, kept))
    for name in names:
        store().delete(name)
        store().delete(name + CHECKSUM_ENDING)
    return names


@contextmanager
def local_copy(each: StoredBackup, folder: Path) -> Iterator[Path]:
    """A stored backup as a file of this machine."""
    if not settings.BACKUP_IN_S3:
        yield Path(settings.BACKUP_DIR) / each.name
        return
    path = folder / each.name
    with (
        errors_as_sentences(),
        store().open(each.name) as source,
        path.open("wb") as goal,
    ):
        shutil.copyfileobj(source, goal)
    yield path
    path.unlink()


def _moment(text: str) -> datetime:
    return datetime.strptime(text, NAME_TIME_FORMAT).replace(tzinfo=timezone.utc)
