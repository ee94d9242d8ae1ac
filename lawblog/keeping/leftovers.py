"""Removes the half-written files that killed programs leave behind."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from lawblog.records.capture import store

# Nothing takes longer than this to write.
OLD = timedelta(days=1)


def remove() -> str | None:
    """Half-written pictures, captures and backups, also those on their way to a bucket;
    a sentence."""
    before = (timezone.now() - OLD).timestamp()
    found = [
        *Path(settings.BACKUP_DIR).glob(".*.part"),
        *Path(settings.VAR_DIR).glob(".backup-*/*"),
        *Path(settings.VAR_DIR).glob(".*.part"),
        *Path(settings.MEDIA_ROOT).rglob(".*.part"),
        *store.folder().rglob(".*.part"),
    ]
    old = {path for path in found if path.stat().st_mtime < before}
    for path in old:
        path.unlink()
    return f"{len(old)} half-written files removed." if old else None
