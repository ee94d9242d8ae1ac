"""What must be right before the site is served; each fault is a sentence with a
remedy."""

import ctypes
import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import Error, connections

from lawblog.database import migrated, timeouts
from lawblog.ownership import not_ours
from lawblog.unavailable.trouble import trouble_of

logger = logging.getLogger(__name__)
# Less than this and a backup, a picture or a save may not fit any more.
MIN_FREE_BYTES = 200 * 1024 * 1024
PR_SET_PDEATHSIG = 1


def faults() -> list[str]:
    """Faults with which nothing can be served. Others, with which readers can still
    read, are logged."""
    found = [*faults_of_folders()] or [*faults_of_database()]
    for sentence in (fault_of_media(), fault_of_disk()) if not found else ():
        if sentence:
            logger.error(sentence)
    return found


def faults_of_folders() -> Iterator[str]:
    for path in (Path(settings.VAR_DIR), *local_database()):
        if sentence := fault_of_path(path):
            yield sentence
    # Each page would be an error without it.
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "The site has no style yet: run manage.py collectstatic."


def local_database() -> list[Path]:
    """SQLite's folder, and its file where there is one already."""
    database = settings.DATABASES["default"]
    if "sqlite3" not in database["ENGINE"]:
        return []
    file = Path(database["NAME"]).resolve()
    return [file.parent, file] if os.access(file, os.F_OK) else [file.parent]


def fault_of_path(path: Path) -> str | None:
    """A sentence if this process cannot write to a file, or into a folder."""
    if not os.access(path, os.F_OK):
        return f"{path} is not there: make it, or name another in VAR_DIR."
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return f"{path} is on a disk that can only be read: mount it for writing."
    return not_ours(path)


def faults_of_database() -> Iterator[str]:
    try:
        # Too short a wait to start the thread that looks for the database: it would run
        # in the master.
        with timeouts.waiting(timeouts.READER_SECONDS, looking=True):
            sentence = migrated.migration_fault()
    except Error as error:
        words = " ".join(str(error).split())
        if trouble_of(error) is None:
            yield f"The database cannot be used ({words}): restore a backup of it."
        else:
            # Served all the same: readers are told, and it is looked for.
            logger.error("The database does not answer: %s", words)
        return
    finally:
        # Workers, which are forked, would all talk into the same one.
        connections.close_all()
    if sentence:
        yield sentence


def fault_of_media() -> str | None:
    """A sentence if pictures cannot be kept."""
    if settings.MEDIA_IN_S3:
        return None
    media = Path(settings.MEDIA_ROOT)
    return fault_of_path(media) if media.exists() else None


def fault_of_disk() -> str | None:
    """A sentence if the disk is nearly full."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free >= MIN_FREE_BYTES:
        return None
    return (
        f"The disk with {settings.VAR_DIR} has only {free // 1024**2} MB left: nothing "
        "that is written may fit. Make room."
    )


def workers_die_with_master() -> None:
    """Called in the master: a worker that outlives it would hold the port, with nobody
    to replace it. Only Linux can do this; elsewhere the supervisor has to."""
    if sys.platform == "linux":
        os.register_at_fork(after_in_child=partial(die_with, os.getpid()))


def die_with(master: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != master:  # it died a moment ago
        os.kill(os.getpid(), signal.SIGKILL)
