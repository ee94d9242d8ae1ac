"""Which errors are the database's trouble, and which somebody's mistake."""

import errno
import runpy
import sqlite3

import psycopg2
import pytest
from django.core import management
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from helpers.served import ROOT

from lawblog.pagecache.outage import DatabaseAway
from lawblog.unavailable import in_commands
from lawblog.unavailable.trouble import Trouble, trouble_of


class TooLong(psycopg2.OperationalError):
    """As PostgreSQL says that a text has too many words for its index."""

    pgcode = "54000"


class NoRoom(psycopg2.OperationalError):
    """As it says that sorting took more of the disk than one question may."""

    pgcode = "53400"


class ReadOnly(psycopg2.InternalError):
    """As a server says that waits to take over, or may not write to its disk."""

    pgcode = "25006"


class Aborted(psycopg2.InternalError):
    """As it says of a question behind one that failed."""

    pgcode = "25P02"


class Named(psycopg2.IntegrityError):
    """As PostgreSQL says that a row names another, which is not there."""

    pgcode = "23503"


TAKEN = "UNIQUE constraint failed: posts_post.slug"


@pytest.mark.parametrize(
    "kind, cause, trouble",
    [
        # Amid a page that was begun before it went away.
        (DatabaseAway, None, Trouble.AWAY),
        (OperationalError, psycopg2.OperationalError("no server"), Trouble.AWAY),
        (DatabaseError, psycopg2.DatabaseError("server closed it"), Trouble.AWAY),
        (OperationalError, sqlite3.OperationalError("is locked"), Trouble.BUSY),
        (OperationalError, sqlite3.OperationalError("disk is full"), Trouble.FULL),
        (DatabaseError, sqlite3.DatabaseError("is not a database"), None),
        (IntegrityError, psycopg2.IntegrityError("twice"), None),
        (IntegrityError, Named("a topic that is gone"), Trouble.OVERTAKEN),
        (IntegrityError, sqlite3.IntegrityError(TAKEN), Trouble.OVERTAKEN),
        (IntegrityError, sqlite3.IntegrityError("NOT NULL constraint failed"), None),
        (OperationalError, TooLong("string is too long for tsvector"), None),
        (OperationalError, NoRoom("temporary file size exceeds"), None),
        (InternalError, ReadOnly("in a read-only transaction"), Trouble.READ_ONLY),
        (InternalError, Aborted("current transaction is aborted"), None),
        (DataError, psycopg2.DataError("too long"), None),
        # As Django says that a row which it saves is gone.
        (DatabaseError, None, Trouble.OVERTAKEN),
        (ValueError, None, None),
        (ValueError, OSError(errno.ENOSPC, "No space left"), Trouble.FULL),
        (ValueError, OSError(errno.EROFS, "Read-only"), Trouble.READ_ONLY),
        (ValueError, OSError(errno.ENOENT, "No such file"), None),
    ],
)
def test_what_an_error_is(kind, cause, trouble):
    error = kind(str(cause or ""))
    error.__cause__ = cause
    assert trouble_of(error) is trouble


@pytest.mark.parametrize(
    "error, remedy",
    [
        (OSError(errno.ENOSPC, "No space left"), "The disk is full. Make room"),
        (PermissionError(errno.EACCES, "Denied", "/a"), in_commands.MAY_NOT_WRITE),
        (DatabaseAway("no server"), in_commands.NO_ANSWER),
    ],
)
def test_a_command_says_what_to_do(error, remedy, monkeypatch):
    monkeypatch.setattr(in_commands, "fault_of_disk", lambda: "It is nearly full.")
    first, said, disk = in_commands.explanation(error).split("\n")
    assert first.startswith(remedy) and said == str(error) and "nearly full" in disk


def test_a_fault_of_a_programs_own_keeps_its_traceback(db):
    assert (
        in_commands.explanation(FileNotFoundError(errno.ENOENT, "No such file")) is None
    )
    assert in_commands.explanation(ProgrammingError("no such column: title")) is None


def test_ctrl_c_needs_no_traceback(monkeypatch):
    def interrupted(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(management, "execute_from_command_line", interrupted)
    program = runpy.run_path(str(ROOT / "manage.py"))["main"]
    program.__globals__["run_with_the_sites_python"] = lambda: None
    with pytest.raises(SystemExit) as end:
        program()
    assert end.value.code == 130
