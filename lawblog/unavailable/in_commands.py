"""What a command says when the database or the disk is in its way, and what to do."""

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from lawblog.database.migrated import migration_fault
from lawblog.ownership import not_ours
from lawblog.serving.startup import fault_of_disk, local_database
from lawblog.unavailable.trouble import Trouble, trouble_of

MAY_NOT_WRITE = (
    "This user may not write there. See to that, then give the command again."
)
REMEDIES = {
    Trouble.BUSY: "Somebody else was writing for too long. Give the command again.",
    Trouble.FULL: "The disk is full. Make room, then give the command again.",
    Trouble.READ_ONLY: MAY_NOT_WRITE,
}
NO_ANSWER = "The database did not answer. Check DATABASE_URL."


def explanation(error: DatabaseError | OSError) -> str | None:
    """The remedy, what was said, and whether the disk is nearly full; None where it is
    the program's own fault, so that its traceback helps."""
    remedy = _remedy(error)
    if not remedy:
        return None
    return "\n".join(filter(None, [remedy, str(error).strip(), fault_of_disk()]))


def _remedy(error: DatabaseError | OSError) -> str | None:
    trouble = trouble_of(error)
    denied = trouble in (Trouble.READ_ONLY, Trouble.AWAY)
    denied = denied or isinstance(error, PermissionError)
    if denied and (sentence := _not_ours(error)):
        return sentence
    if trouble in REMEDIES:
        return REMEDIES[trouble]
    if isinstance(error, OSError):
        return MAY_NOT_WRITE if isinstance(error, PermissionError) else None
    with suppress(DatabaseError):
        # As where a table is missing.
        if not trouble and (sentence := migration_fault()):
            return sentence
    return NO_ANSWER if trouble is Trouble.AWAY or not connection.connection else None


def _not_ours(error: DatabaseError | OSError) -> str | None:
    """Of the site's own files and folders: what else a command was told to write to is
    not for it to take."""
    named = Path(getattr(error, "filename", None) or settings.VAR_DIR)
    own = [path for path in (named, named.parent) if _is_own(path)]
    return next(filter(None, map(not_ours, [*local_database(), *own])), None)


def _is_own(path: Path) -> bool:
    return path.is_relative_to(settings.VAR_DIR) and os.access(path, os.F_OK)
