"""Querysets that are written as SQL once.

Django takes several times as long to write a query as a database to find a row by its
index. What every page of an article or a list asks is written once a process, from
the same querysets as all else, so that Edition.objects.live() stays the one gate.
"""

import re
from functools import wraps

from django.db import connections, models, router
from django.db.models.query import get_related_populators

# As Django's SQLite backend finds them.
PLACE = re.compile("(?<!%)%s")


class Slot(models.Value):
    """A place in a queryset for a value that is given at each call."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


def compiled_query(model, **kinds):
    """Decorates build(**slots) → queryset of `model`.

    kinds: for each slot a model field that takes its values. Gives a function of the
    values, and first of a slice with both ends if need be, that returns the rows as a
    list: of objects, or of tuples if it is a values_list(). `build` runs once for each
    database, so that nothing but a slot may differ from call to call; a slot's value is
    never None.
    """

    def decorate(build):
        written = {}

        @wraps(build)
        def rows(window=None, /, **values):
            alias = router.db_for_read(model)
            if alias not in written:
                slots = {name: Slot(name, kind) for name, kind in kinds.items()}
                written[alias] = Written(build(**slots).using(alias))
            # A thread has connections of its own.
            connection = connections[alias]
            given = {
                name: kinds[name].get_db_prep_value(value, connection)
                for name, value in values.items()
            }
            return written[alias].rows(connection, given, window)

        return rows

    return decorate


class Written:
    """A queryset's SQL, and how its rows become objects: Django's ModelIterable, with
    all that does not depend on the values done beforehand."""

    def __init__(self, queryset):
        self.alias = queryset.db
        compiler = queryset.query.get_compiler(self.alias)
        sql, params = compiler.as_sql()
        # By name, since Django looks for each "%s" again whenever SQLite is asked.
        by_name = [
            (value.value if isinstance(value, Slot) else f"_{number}", value)
            for number, value in enumerate(params)
        ]
        names = iter(by_name)
        self.sql = PLACE.sub(lambda _: f"%({next(names)[0]})s", sql)
        self.fixed = {n: value for n, value in by_name if not isinstance(value, Slot)}
        columns = [column for column, *_ in compiler.select]
        self.converters = compiler.get_converters(columns)
        info = compiler.klass_info
        self.model, self.are_objects = info["model"], queryset._fields is None
        self.own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [column.target.attname for column in columns[self.own]]
        self.related = get_related_populators(info, compiler.select, self.alias)
        self.annotations = compiler.annotation_col_map

    def rows(self, connection, given, window):
        with connection.cursor() as cursor:
            cursor.execute(self.sql + limits(window), self.fixed | given)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self.converted(list(row), connection) for row in rows]
        return [self.object(row) for row in rows] if self.are_objects else rows

    def converted(self, row, connection):
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        return tuple(row)

    def object(self, row):
        found = self.model.from_db(self.alias, self.names, row[self.own])
        for relation in self.related:
            relation.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found


def limits(window):
    if window is None:
        return ""
    limit = f" LIMIT {window.stop - window.start:d}"
    return f"{limit} OFFSET {window.start:d}" if window.start else limit
