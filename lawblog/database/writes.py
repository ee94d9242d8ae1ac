"""For execute wrappers: which tables a statement writes, and what is committed with
it."""

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
    """Install the execute wrapper on the connection, once."""
    if wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(wrapper)


def tables_written(sql: str) -> list[str]:
    """The names of the tables that a statement writes, [] if it only reads."""
    return [] if sql.startswith("SELECT") else _WRITE.findall(sql)


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
