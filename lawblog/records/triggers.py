"""Triggers that protect the ledger and the frozen tables against every kind of change.

Against mistakes and doors left open in the application: whoever owns the database can
drop a trigger, and then only the chain shows what was done (docs/record.md).

Django's SQLite rebuilds a table to alter it, and its triggers are gone; PostgreSQL will
not alter a table with pending ones. So they go before a migration and come after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite
from .guards import Guard
from .models import Entry
from .subjects import Subject, frozen


class Backend(Protocol):
    """What each of the two modules offers."""

    def of_ledger(self, connection: BaseDatabaseWrapper) -> list[Guard]: ...

    def of_subject(
        self, connection: BaseDatabaseWrapper, subject: Subject
    ) -> list[Guard]: ...

    def in_force(self, connection: BaseDatabaseWrapper) -> list[Guard]: ...

    def dropping(self, connection: BaseDatabaseWrapper) -> list[str]: ...

    def creating(
        self, connection: BaseDatabaseWrapper, guards: Iterable[Guard]
    ) -> list[str]: ...


@dataclass(frozen=True)
class Changes:
    """What has to be done so that the wanted guards, and no others, are in force."""

    missing: tuple[Guard, ...]
    stray: tuple[Guard, ...]


def _backend(connection: BaseDatabaseWrapper) -> Backend:
    return postgresql if connection.vendor == "postgresql" else sqlite


def wanted(connection: BaseDatabaseWrapper) -> list[Guard]:
    """The guards of the ledger and of every frozen table that there is."""
    there = set(connection.introspection.table_names())
    if Entry._meta.db_table not in there:
        return []
    backend = _backend(connection)
    guards = backend.of_ledger(connection)
    for subject in frozen():
        if subject.table in there:
            guards += backend.of_subject(connection, subject)
    return guards


def compare(using: str) -> Changes:
    connection = connections[using]
    want = wanted(connection)
    there = _backend(connection).in_force(connection)
    return Changes(
        tuple(guard for guard in want if guard not in there),
        tuple(guard for guard in there if guard not in want),
    )


def missing(using: str) -> list[str]:
    """Names of the guards that are not in force as they should be."""
    return [guard.name for guard in compare(using).missing]


def install(using: str) -> None:
    """Put all guards in force; does nothing where they are."""
    changes = compare(using)
    if changes.missing or changes.stray:
        with transaction.atomic(using):
            remove(using)
            run(using, creating(connections[using]))


def remove(using: str) -> None:
    """Take all guards away. In a transaction, else others write in between."""
    run(using, dropping(connections[using]))


def dropping(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take away every guard that there is."""
    return _backend(connection).dropping(connection)


def creating(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that make every guard that is wanted."""
    guards = wanted(connection)
    return _backend(connection).creating(connection, guards) if guards else []


def run(using: str, statements: Sequence[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
