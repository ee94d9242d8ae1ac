"""A line for each change of a table that is on record, in the same transaction and
whichever way it is made through Django: save(), update(), a bulk write, a many-to-many
field, plain SQL.

After each statement that writes such a table its rows are compared with the newest
lines about them: those that the statement names by number, or those that it added, and
all of them where its text leaves any doubt.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lawblog.database.writes import has_table, tables_written, transaction_with, wrap

from .acting import current
from .comparing import pairs, rows_without_line, unrecorded
from .ledger import write
from .models import Entry
from .subjects import Subject, subjects_resting_on
from .touched import numbers

Numbers = list[int] | None
Secrets = tuple[str, ...]

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
    changed = subjects_resting_on(tables) if tables else []
    if not changed or not _is_on(connection):
        return execute(sql, params, many, context)
    using = connection.alias
    with transaction_with(connection, sql):
        before = []
        for subject in changed:
            only = numbers(subject, sql, params, many)
            before.append((subject, only, _secrets(subject, using, only)))
        result = execute(sql, params, many, context)
        for seen in before:
            _record(using, *seen)
    return result


def _record(
    using: str, subject: Subject, only: Numbers, before: dict[int, Secrets]
) -> None:
    secrets = {}
    if before:
        after = _secrets(subject, using, only)
        for pk in before.keys() & after.keys():
            both = zip(subject.secrets, before[pk], after[pk], strict=True)
            secrets[pk] = tuple(name for name, old, new in both if old != new)
    among = (
        rows_without_line(subject, using) if only == [] else pairs(subject, using, only)
    )
    for draft in unrecorded(subject, among, current(), secrets):
        write(draft, using)


def _secrets(subject: Subject, using: str, only: Numbers) -> dict[int, Secrets]:
    """{number: the values that no line may hold}."""
    if not subject.secrets or only == []:
        return {}
    rows = subject.model._base_manager.using(using)
    if only is not None:
        rows = rows.filter(pk__in=only)
    return {pk: values for pk, *values in rows.values_list("pk", *subject.secrets)}


def _is_on(connection: BaseDatabaseWrapper) -> bool:
    if _off.get() or connection.alias in migrating:
        return False
    return has_ledger(connection)


def has_ledger(connection: BaseDatabaseWrapper) -> bool:
    return has_table(connection, Entry._meta.db_table)
