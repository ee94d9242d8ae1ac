"""For execute wrappers: which tables a statement writes, and what is committed with
it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# What SQL allows between words: spaces, or a comment.
_GAP = r"(?:\s|/\*[\s\S]*?\*/|--[^\n]*\n)*"
_NAME = r"""["'`\[]?(\w+)["'`\]]?"""
_SCHEMA = rf"(?:{_NAME}{_GAP}\.{_GAP})?".replace(r"(\w+)", r"\w+")
_WORDS = (
    r"INSERT INTO|INSERT OR \w+ INTO|REPLACE INTO|MERGE INTO|COPY"
    r"|UPDATE OR \w+|UPDATE|DELETE FROM|TRUNCATE TABLE|TRUNCATE"
).replace(" ", rf"\b{_GAP}")
_WRITE = re.compile(
    rf"\b(?:{_WORDS})\b{_GAP}(?:ONLY\b{_GAP})?\(?{_GAP}{_SCHEMA}{_NAME}",
    re.IGNORECASE,
)
# See Django's "Database instrumentation".
Wrapper = Callable[[Callable[..., Any], str, Any, bool, dict[str, Any]], Any]
# (database, table) of those that have been found.
_found: set[tuple[str, str]] = set()


def wrap(connection: BaseDatabaseWrapper, wrapper: Wrapper) -> None:
    """Install the execute wrapper on the connection, once."""
    if wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(wrapper)


def tables_written(sql: str) -> list[str]:
    """The names of the tables that a statement writes, in small letters; [] if it only
    reads. PostgreSQL takes several statements at once."""
    if sql.startswith("SELECT") and ";" not in sql:
        return []
    return [name.lower() for name in _WRITE.findall(sql)]


def transaction_with(
    connection: BaseDatabaseWrapper, sql: str
) -> AbstractContextManager[object]:
    """Within it, the statement and what belongs to it are committed together.

    Not on SQLite while a statement returns rows: it ends once they are read.
    """
    pending = connection.vendor == "sqlite" and " RETURNING " in sql
    if connection.in_atomic_block or pending:
        return nullcontext()
    return transaction.atomic(connection.alias)


def has_table(connection: BaseDatabaseWrapper, name: str) -> bool:
    """Whether the table exists, since migrations write before it does. Remembered once
    it does."""
    if (connection.alias, name) not in _found:
        if name not in connection.introspection.table_names():
            return False
        _found.add((connection.alias, name))
    return True


def forget_tables(using: str) -> None:
    """Forget which tables exist: this database may have been replaced."""
    _found.difference_update({known for known in _found if known[0] == using})
