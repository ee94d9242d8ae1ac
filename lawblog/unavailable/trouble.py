"""Recognises errors of the database or disk that are nobody's mistake, in words for the
desk. Pure."""

import errno
from enum import Enum

from django.core.exceptions import ObjectDoesNotExist
from django.db import (
    DatabaseError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from django.db.models import ProtectedError, RestrictedError


class Trouble(Enum):
    AWAY = "The database is away just now. We are looking for it all the time."
    BUSY = "Somebody else was saving at that moment, and it took too long to wait."
    OVERTAKEN = (
        "At that moment somebody else saved, merged or deleted what this rests on. "
        "Send it again, and you are told what it is."
    )
    FULL = "The server's disk is full: whoever looks after it has to make room first."
    READ_ONLY = (
        "The server may not write to its disk: whoever looks after it has to see to "
        "that first."
    )


_NOT_POSTGRESQL = "other"
# By SQLSTATE; without one PostgreSQL did not come to answer.
_CODES = {
    "55P03": Trouble.BUSY,  # a lock was not to be had in time
    "57014": Trouble.BUSY,  # took longer than a statement may
    "40P01": Trouble.BUSY,  # two waited for each other
    "40001": Trouble.BUSY,
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
}
# What names a row that is gone, or takes what another row took.
_OF_ANOTHER = ("23503", "23505")
_OF_ANOTHER_IN_SQLITE = ("foreign key constraint", "unique constraint")
# What was asked is more than it takes, whenever it is asked: no outage.
_TOO_MUCH = ("54", "53200", "53400")
# By SQLite's words, which are all that it gives.
_WORDS = {
    "locked": Trouble.BUSY,
    "disk is full": Trouble.FULL,
    "readonly database": Trouble.READ_ONLY,
    "disk i/o error": Trouble.AWAY,
    "unable to open database file": Trouble.AWAY,
}
# What is uploaded goes to the disk before anybody looks at it.
_OF_DISK = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What kind of trouble an exception, or one that led to it, is; None: another."""
    # A row that was there when the request began.
    if isinstance(error, ObjectDoesNotExist):
        return Trouble.OVERTAKEN
    if isinstance(error, IntegrityError):
        return Trouble.OVERTAKEN if _is_of_another(error) else None
    while error is not None:
        # psycopg2 raises none of the kinds when its server is cut off amid an answer.
        if isinstance(error, Error) and (
            type(error) is DatabaseError
            or isinstance(error, (OperationalError, InterfaceError))
        ):
            return _of_database(error)
        # A server that may only be read, as one that took over too early.
        if isinstance(error, InternalError) and (
            known := _CODES.get(_code(error) or "")
        ):
            return known
        if isinstance(error, OSError) and error.errno in _OF_DISK:
            return _OF_DISK[error.errno]
        error = error.__cause__ or error.__context__
    return None


def _is_of_another(error: IntegrityError) -> bool:
    """Whether a row of somebody else's stood in the way: each form looks first, so that
    it came, or went, between the look and the save."""
    if isinstance(error, (ProtectedError, RestrictedError)):
        return True
    code = getattr(error.__cause__, "pgcode", None)
    return code in _OF_ANOTHER or str(error).lower().startswith(_OF_ANOTHER_IN_SQLITE)


def _code(error: Error) -> str | None:
    """PostgreSQL's SQLSTATE; None where it did not come to answer."""
    code: str | None = getattr(error.__cause__, "pgcode", _NOT_POSTGRESQL)
    return code


def _of_database(error: Error) -> Trouble | None:
    cause, code = error.__cause__, _code(error)
    if str(code).startswith(_TOO_MUCH):
        return None
    if code != _NOT_POSTGRESQL:
        return _CODES.get(code or "", Trouble.AWAY)
    if type(cause).__module__ == "sqlite3":
        found = [kind for words, kind in _WORDS.items() if words in str(error).lower()]
        return found[0] if found else None
    # Django's, where the row that it saves is gone.
    if cause is None and type(error) is DatabaseError:
        return Trouble.OVERTAKEN
    # Our own, or Django's about a connection that is closed.
    return Trouble.AWAY
