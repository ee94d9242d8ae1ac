"""For wrappers of statements: which tables one writes, and what goes along with it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO"
    r"|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)"
    r'\s+(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)',
    re.IGNORECASE,
)
# See Django's "Database instrumentation".
Wrapper = Callable[[Callable[..., Any], str, Any, bool, dict[str, Any]], Any]
# (database, table) of those that have been found.
_found: set[tuple[str, str]] = set()


def wrap(connection: BaseDatabaseWrapper, wrapper: Wrapper) -> None:
    """From now on the wrapper is told of each statement, once."""
    if wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(wrapper)


def tables_written(sql: str) -> list[str]:
    """The names of the tables that a statement writes, [] if it only reads."""
    return [] if sql.startswith("SELECT") else _WRITE.findall(sql)


def transaction_with(
    connection: BaseDatabaseWrapper, sql: str
) -> AbstractContextManager[object]:
    """Within, the statement is committed together with what goes along with it.

    Not so on SQLite while it has rows to return: it ends when they are read.
    """
    pending = connection.vendor == "sqlite" and " RETURNING " in sql
    if connection.in_atomic_block or pending:
        return nullcontext()
    return transaction.atomic(connection.alias)


def has_table(connection: BaseDatabaseWrapper, name: str) -> bool:
    """Whether the database has the table: migrations write before it is there.
    Remembered once it has."""
    if (connection.alias, name) not in _found:
        if name not in connection.introspection.table_names():
            return False
        _found.add((connection.alias, name))
    return True


def forget_tables(using: str) -> None:
    """The tables of this database may be others by now."""
    _found.difference_update({known for known in _found if known[0] == using})
