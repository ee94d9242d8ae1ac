"""Puts another database in place of the site's own, for one thread and a while."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from lawblog.database.writes import forget_tables

# For a file that is thrown away if anything happens: it need not reach the disk.
FAST_PRAGMAS = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"


def sqlite_file(path: Path, init_command: str = FAST_PRAGMAS) -> dict[str, Any]:
    """Django's settings for an SQLite database in a file."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": init_command}
    engine = "django.db.backends.sqlite3"
    return {"ENGINE": engine, "NAME": str(path), "OPTIONS": options}


@contextmanager
def in_place_of_default(config: dict[str, Any]) -> Iterator[None]:
    """Within, whoever asks the default database is answered by this one."""
    own = connections[DEFAULT_DB_ALIAS]
    other = ConnectionHandler({DEFAULT_DB_ALIAS: config})[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    _forget()
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = own
        _forget()


def _forget() -> None:
    """Forget what was remembered of the default database: it is another one now."""
    ContentType.objects.clear_cache()
    forget_tables(DEFAULT_DB_ALIAS)


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for what is thrown away afterwards. One at a time (locks.py): what an
    earlier one left when it was killed goes first."""
    folder = Path(settings.VAR_DIR) / "restoring"
    shutil.rmtree(folder, ignore_errors=True)
    # Password hashes will be in it.
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
