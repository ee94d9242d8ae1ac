"""A line for each change of a table that is on record, in the same transaction and
whichever way it is made through Django: save(), update(), a bulk write, a many-to-many
field, plain SQL.

After each statement that writes such a table its rows are compared with the newest
lines about them. These tables are small: an office's hours, topics, accounts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lawblog.database.writes import has_table, tables_written, transaction_with, wrap

from .acting import current
from .comparing import unrecorded
from .ledger import write
from .models import Entry
from .subjects import Subject, watching

_off: ContextVar[bool] = ContextVar("not watching", default=False)
# Databases that are being migrated: then models and tables need not fit each other.
migrating: set[str] = set()


@contextmanager
def unwatched() -> Iterator[None]:
    """For a restore, which brings rows and their lines: nothing within is recorded."""
    token = _off.set(True)
    try:
        yield
    finally:
        _off.reset(token)


def watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Receiver of connection_created: from now on changes are recorded."""
    wrap(connection, notice)


def notice(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """A wrapper of each statement. Its lines are written in the same transaction."""
    connection = context["connection"]
    tables = tables_written(sql)
    changed = watching(tables) if tables else []
    if not changed or not _is_on(connection):
        return execute(sql, params, many, context)
    with transaction_with(connection, sql):
        before = [_secrets(subject, connection.alias) for subject in changed]
        result = execute(sql, params, many, context)
        for subject, secrets in zip(changed, before, strict=True):
            _record(subject, connection.alias, secrets)
    return result


def _record(subject: Subject, using: str, before: dict[int, tuple[str, ...]]) -> None:
    secrets = {}
    if before:
        after = _secrets(subject, using)
        for pk in before.keys() & after.keys():
            both = zip(subject.secrets, before[pk], after[pk], strict=True)
            secrets[pk] = tuple(name for name, old, new in both if old != new)
    for draft in unrecorded(subject, using, current(), secrets):
        write(draft, using)


def _secrets(subject: Subject, using: str) -> dict[int, tuple[str, ...]]:
    """{number: the values that no line may hold}."""
    if not subject.secrets:
        return {}
    rows = subject.model._base_manager.using(using)
    return {pk: values for pk, *values in rows.values_list("pk", *subject.secrets)}


def _is_on(connection: BaseDatabaseWrapper) -> bool:
    if _off.get() or connection.alias in migrating:
        return False
    return has_ledger(connection)


def has_ledger(connection: BaseDatabaseWrapper) -> bool:
    return has_table(connection, Entry._meta.db_table)
