"""Saves what a restore is about to replace, on this machine; kept as long as
backups."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

from django.conf import settings
from django.utils import timezone as django_timezone

from . import backup
from .retention import Retention, to_remove
from .stored_backup import ENCRYPTED, PLAIN, StoredBackup

NAME = re.compile(r"before-restore-(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z)\.zip(?:\.age)?")
# To the microsecond: somebody may restore twice within a second.
WRITTEN = "%Y-%m-%dT%H%M%S.%fZ"


def save() -> Path:
    """Save what this site holds, since a restore is about to replace it; the file."""
    moment = django_timezone.now().astimezone(timezone.utc).strftime(WRITTEN)
    ending = ENCRYPTED if settings.BACKUP_RECIPIENTS else PLAIN
    path = Path(settings.BACKUP_DIR) / f"before-restore-{moment}{ending}"
    backup.write_to(path, settings.BACKUP_RECIPIENTS)
    return path


def stored() -> list[StoredBackup]:
    """Those there are, the newest first."""
    found = [
        StoredBackup(path.name, _moment(match[1]), path.stat().st_size)
        for path in Path(settings.BACKUP_DIR).glob("before-restore-*")
        if (match := NAME.fullmatch(path.name))
    ]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def prune() -> list[str]:
    """Remove those that are old; their names. Of the days that backups are kept daily
    all stay: whoever restores twice wants what the first replaced, not the second."""
    daily = timedelta(days=settings.BACKUP_DAILY)
    latest = django_timezone.now() - daily
    kept = Retention(0, settings.BACKUP_WEEKLY, settings.BACKUP_MONTHLY)
    moments = {django_timezone.localtime(each.made_at): each for each in stored()}
    going = to_remove(moments, kept)
    names = sorted(moments[m].name for m in going if m < latest)
    for name in names:
        (Path(settings.BACKUP_DIR) / name).unlink(missing_ok=True)
    return names


def _moment(text: str) -> datetime:
    return datetime.strptime(text, WRITTEN).replace(tzinfo=timezone.utc)
