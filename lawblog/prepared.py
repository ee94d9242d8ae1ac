"""Querysets that are written as SQL once.

Django takes several times as long to write a query as a database to find a row by its
index. What every page of an article or a list asks is written once a process, from
the same querysets as all else, so that Edition.objects.live() stays the one gate.
"""

from copy import copy
from functools import wraps
from types import SimpleNamespace

from django.db import connections, models, router


class Slot(models.Value):
    """A place in a queryset for a value that is given at each call."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


def prepared(model, **kinds):
    """Decorates build(**slots) → queryset of `model`.

    kinds: for each slot a model field that takes its values. Gives a function of the
    values, and first of a slice with both ends if need be, that returns the rows as a
    list. `build` runs once for each database, so that nothing but a slot may differ
    from call to call; a slot's value is never None.
    """

    def decorate(build):
        written = {}

        def write(alias):
            slots = {name: Slot(name, kind) for name, kind in kinds.items()}
            queryset = build(**slots).using(alias)
            compiler = queryset.query.get_compiler(alias)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([row[0] for row in compiler.select])
            compiler.get_converters = lambda _: converters
            return queryset, compiler, sql, params

        @wraps(build)
        def rows(window=None, /, **values):
            alias = router.db_for_read(model)
            if alias not in written:
                written[alias] = write(alias)
            queryset, compiler, sql, params = written[alias]
            # A thread has connections of its own.
            mine = copy(compiler)
            mine.connection = connections[alias]
            values = {
                name: kinds[name].get_db_prep_value(value, mine.connection)
                for name, value in values.items()
            }
            given = [
                values[param.value] if isinstance(param, Slot) else param
                for param in params
            ]
            mine.as_sql = lambda: (sql + limits(window), given)
            query = SimpleNamespace(get_compiler=lambda **_: mine)
            return list(like(queryset, query))

        return rows

    return decorate


def limits(window):
    if window is None:
        return ""
    limit = f" LIMIT {window.stop - window.start:d}"
    return f"{limit} OFFSET {window.start:d}" if window.start else limit


def like(queryset, query):
    """A queryset with another query, which it asks for nothing but its compiler."""
    other = models.QuerySet(queryset.model, query, using=queryset.db)
    other._iterable_class, other._fields = queryset._iterable_class, queryset._fields
    return other
