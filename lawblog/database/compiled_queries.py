"""Querysets whose SQL is written once.

Django takes several times as long to write a query as a database takes to find a row
by its index. What every page of an article or a list asks is written once a process,
from the same querysets as everything else, so that Edition.objects.live() stays the
one gate.

This is the only module that uses Django's private query API; lawblog.E006 fails when
Django is a version with which it was not examined. QuerySet.raw() over the same SQL
would need less of that API, but takes no select_related() and no union of slices, and
made an article cost 1.75 times as much CPU (Django 5.2, SQLite, both in one process).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import get_related_populators

# Feature releases of Django with which this module was read and tested.
EXAMINED = {(5, 2)}
# As Django's SQLite backend finds them.
PLACE = re.compile("(?<!%)%s")

Row = tuple[Any, ...]
# Rows are objects or tuples, as the queryset says; that is only known when it is built.
Rows = list[Any]
Build = Callable[..., models.QuerySet[Any]]


class Slot(models.Value):
    """A place in a queryset for a value that is given at each call."""

    def as_sql(self, compiler: object, connection: object) -> tuple[str, Any]:
        return "%s", [self]


def compiled_query(
    model: type[models.Model], **kinds: "models.Field[Any, Any]"
) -> "Callable[[Build], CompiledQuery]":
    """Decorates build(**slots) → queryset of `model`.

    kinds: for each slot a model field that takes its values. `build` runs once for each
    database, so nothing but the slots may differ from call to call. A slot's value is
    never None.
    """
    return lambda build: CompiledQuery(build, model, kinds)


class CompiledQuery:
    """A function of the slots' values, optionally preceded by a slice with both ends,
    that returns the list of rows: objects, or tuples if it is a values_list()."""

    def __init__(
        self,
        build: Build,
        model: type[models.Model],
        kinds: "Mapping[str, models.Field[Any, Any]]",
    ) -> None:
        self.build, self.model, self.kinds = build, model, kinds
        # By alias and kind of database.
        self.compiled: dict[tuple[str, str], Compiled] = {}

    def __call__(self, window: slice | None = None, /, **values: Any) -> Rows:
        # A thread has connections of its own.
        connection = connections[router.db_for_read(self.model)]
        given = {
            name: self.kinds[name].get_db_prep_value(value, connection)
            for name, value in values.items()
        }
        return self.for_database(connection).rows(connection, given, window)

    def for_database(self, connection: BaseDatabaseWrapper) -> "Compiled":
        # A restore may have put a database of another kind in its place.
        key = connection.alias, connection.vendor
        if key not in self.compiled:
            slots = {name: Slot(name, kind) for name, kind in self.kinds.items()}
            queryset = self.build(**slots).using(connection.alias)
            self.compiled[key] = Compiled(queryset)
        return self.compiled[key]


class Compiled:
    """A queryset's SQL, and how its rows become objects: Django's ModelIterable, with
    everything that does not depend on the values done beforehand."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self.alias = queryset.db
        compiler = queryset.query.get_compiler(self.alias)
        sql, params = compiler.as_sql()
        # By name, since Django would look for each "%s" again at each call on SQLite.
        by_name = [
            (value.value if isinstance(value, Slot) else f"_{number}", value)
            for number, value in enumerate(params)
        ]
        names = iter(by_name)
        self.sql = PLACE.sub(lambda _: f"%({next(names)[0]})s", sql)
        self.fixed = {n: value for n, value in by_name if not isinstance(value, Slot)}
        columns: list[Any] = [column for column, *_ in compiler.select]
        self.converters = compiler.get_converters(columns)
        info: dict[str, Any] = compiler.klass_info or {}
        self.model: type[models.Model] = info["model"]
        # In no stub: the names that a values_list() was given.
        self.are_objects = queryset._fields is None  # type: ignore[attr-defined]
        self.own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        # Only looked into, for each field of the model.
        self.names: Any = {column.target.attname for column in columns[self.own]}
        # The stubs describe a later Django, where it takes one argument more.
        related = get_related_populators(info, compiler.select, self.alias)  # type: ignore[call-arg]
        self.related = related
        self.annotations = compiler.annotation_col_map or {}

    def rows(
        self,
        connection: BaseDatabaseWrapper,
        given: Mapping[str, Any],
        window: slice | None,
    ) -> Rows:
        """The rows for the given values, as the database takes them."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql + limits(window), {**self.fixed, **given})
            rows = cursor.fetchall()
        if self.converters:
            rows = [self.converted(row, connection) for row in rows]
        return [self.object(row) for row in rows] if self.are_objects else rows

    def converted(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Row:
        values = list(row)
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return tuple(values)

    def object(self, row: Row) -> models.Model:
        found: models.Model = self.model.from_db(self.alias, self.names, row[self.own])
        for relation in self.related:
            relation.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found


def limits(window: slice | None) -> str:
    """The end of a query that asks for these rows only.

    >>> limits(slice(20, 30))
    ' LIMIT 10 OFFSET 20'
    """
    if window is None:
        return ""
    limit = f" LIMIT {window.stop - window.start:d}"
    return f"{limit} OFFSET {window.start:d}" if window.start else limit
