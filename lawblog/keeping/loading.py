"""Loads an archive's rows into the default database, in place of what it holds."""

import hashlib
import json
from collections.abc import Iterator

from django.apps import apps
from django.apps.registry import Apps
from django.db import Error, connection, transaction

from . import hooks
from .archive import Archive, ArchiveError, Part
from .archive.names import rows_of
from .progress import Progress
from .sequences import reset_sequences
from .tables import Table, carried, columns, decoded, lines, managed, name_of

MAX_ROWS_AT_ONCE, MAX_BYTES_AT_ONCE = 1000, 4 * 2**20  # of rows
UNSPOILT = "Nothing was changed."


def load(archive: Archive, registry: Apps = apps) -> None:
    """Belongs in a transaction, which is to be undone if this raises. ArchiveError for
    rows that do not fit. registry: models as the database has them."""
    tables = _tables(archive, registry)
    lock_and_empty(registry)
    with Progress("Rows", archive.manifest.rows) as progress:
        for label, table in tables.items():
            part = archive.parts[rows_of(label)]
            for some in _batches(archive, part, table):
                _insert(part.name, table, some)
                progress(len(some))
    reset_sequences(list(tables.values()), registry)
    _check_references()


def compare(archive: Archive, registry: Apps = apps) -> None:
    """ArchiveError unless the default database holds the archive's rows and no other,
    byte for byte."""
    tables = _tables(archive, registry)
    with Progress("Comparing", archive.manifest.rows) as progress:
        for label, table in tables.items():
            digest = hashlib.sha256()
            for line in lines(table):
                digest.update(line)
                progress(1)
            if digest.hexdigest() != archive.parts[rows_of(label)].sha256:
                raise ArchiveError(
                    f"{label} is not the same in the database as in the archive. "
                    f"{UNSPOILT}"
                )


def _tables(archive: Archive, registry: Apps) -> dict[str, Table]:
    tables = carried(registry)
    there = {part.name for part in archive.manifest.parts if part.rows is not None}
    ours = set(map(rows_of, tables))
    if differing := sorted(there ^ ours):
        raise ArchiveError(
            f"The archive and this software differ in their tables: {differing[0]}."
        )
    return tables


def _replaced(registry: Apps) -> list[str]:
    """Names of the tables that are carried, and of those left out but for the machine's
    own."""
    return [
        connection.ops.quote_name(table._meta.db_table)
        for table in managed(registry)
        if table._meta.label_lower not in hooks.untouched
    ]


def lock(registry: Apps = apps) -> None:
    """Until the transaction ends, whoever writes waits; whoever reads goes on. On
    SQLite a transaction that may write is alone already."""
    if connection.vendor == "postgresql":
        names = ", ".join(_replaced(registry))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def lock_and_empty(registry: Apps) -> None:
    lock(registry)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Whoever lifted a guard may have made them immediate; rows come table by
            # table, and those that they refer to later.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in _replaced(registry):
            # TRUNCATE would make readers wait.
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables


def _batches(archive: Archive, part: Part, table: Table) -> Iterator[list[list]]:
    rows = archive.lines(part)
    fields = columns(table)
    if json.loads(next(rows, b"null")) != [field.attname for field in fields]:
        raise ArchiveError(f"{part.name} has other columns than this software's table.")
    most = connection.features.max_query_params or len(fields) * MAX_ROWS_AT_ONCE
    size = max(1, min(MAX_ROWS_AT_ONCE, most // len(fields)))
    for some in _in_batches(rows, size):
        yield [_values(part, table, line) for line in some]


def _in_batches(rows: Iterator[bytes], most: int) -> Iterator[list[bytes]]:
    """So many rows, or fewer that are long: whatever an archive holds, little of it is
    in memory."""
    some, size = [], 0
    for line in rows:
        some.append(line)
        size += len(line)
        if len(some) == most or size > MAX_BYTES_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _values(part: Part, table: Table, line: bytes) -> list:
    fields = columns(table)
    try:
        values = json.loads(line)
        pairs = zip(fields, values, strict=True)
        return [decoded(field, value, connection) for field, value in pairs]
    except Exception as error:  # to_python() of any field
        raise ArchiveError(
            f"{part.name} has a row that does not fit ({error}): {line[:80]!r}"
        ) from error


def _insert(part: str, table: Table, rows: list[list]) -> None:
    try:
        with transaction.atomic():
            insert(table, rows)
    # Of a NUL, PostgreSQL's driver says so itself.
    except (Error, ValueError) as error:
        if len(rows) == 1:
            raise ArchiveError(
                f"{part}: the database refuses row {rows[0][0]!r} ({error})."
            ) from error
        for row in rows:
            _insert(part, table, [row])


def insert(table: Table, rows: list[list]) -> None:
    """Rows of prepared values, as they are: no save(), no signals, no cleaning."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name_of(field)) for field in columns(table))
    one = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    sql = f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES "  # noqa: S608
    values = [value for row in rows for value in row]
    with connection.cursor() as cursor:
        cursor.execute(sql + ", ".join([one] * len(rows)), values)


def _check_references() -> None:
    try:
        connection.check_constraints()
    except Error as error:
        raise ArchiveError(
            f"A row of the archive refers to one that is not in it: {error}"
        ) from error
