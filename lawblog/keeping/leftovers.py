"""Removes the half-written files that killed programs leave behind."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from lawblog.records.capture import store

from .locks import only_one

# Nothing takes longer than this to write.
ABANDONED_AFTER = timedelta(days=1)


def remove() -> str | None:
    """Half-written pictures, captures, exports and backups, also those on their way to
    a bucket, and the database of a restore; a sentence."""
    before = (timezone.now() - ABANDONED_AFTER).timestamp()
    with only_one("restore") as alone:
        found = {*half_written(), *(workshop_left() if alone else ())}
        old = {p for p in found if p.is_file() and p.stat().st_mtime < before}
        for path in old:
            path.unlink()
    files = "file" if len(old) == 1 else "files"
    return f"{len(old)} half-written {files} removed." if old else None


def half_written() -> Iterator[Path]:
    var = Path(settings.VAR_DIR)
    yield from Path(settings.BACKUP_DIR).glob(".*.part")
    yield from var.glob(".backup-*/*")
    yield from var.glob(".*.part")
    yield from var.glob("exports/.*/**/*")
    yield from Path(settings.MEDIA_ROOT).rglob(".*.part")
    yield from store.folder().rglob(".*.part")


def workshop_left() -> Iterator[Path]:
    """Of a restore or a drill that was killed: hashes of passwords are in it."""
    yield from (Path(settings.VAR_DIR) / "restoring").rglob("*")
