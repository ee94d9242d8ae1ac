"""Rows that many tests begin with: made once by the site's own code, and from then on
written by the SQL that this had come to, which takes a tenth of the time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from helpers.clock import NOON
from helpers.fragments import in_tests
from lawblog.records.ledger import NONE_BEFORE, last

# When it was made, whatever the clock says in the test.
MADE = NOON - timedelta(days=1)
# SQL and, if it takes any, its parameters: what the driver's execute() is given.
Statement = tuple[str] | tuple[str, Any]
# The newest line of the record, which tells all that was changed before it.
Head = tuple[int, str]


class Noted:
    def __init__(self) -> None:
        self.notes: dict[tuple[str, Head], tuple[list[Statement], Any]] = {}
        self.known: set[Head] = {(0, NONE_BEFORE)}
        self.places: dict[str, int] = {}

    def again(
        self,
        name: str,
        make: Callable[[], Any],
        *,
        at: datetime = MADE,
        numbered: bool = False,
    ) -> Any:
        """What make() returned the first time, with the rows that it wrote, then: at.

        They have the same numbers each time: make() says which, or, where `numbered`,
        the database counts on from where nothing else is. Where a test has put
        something else on record before, make() does it anew, and now."""
        head, together = last(DEFAULT_DB_ALIAS), transaction.atomic(savepoint=False)
        if head not in self.known:
            with together:
                return make()
        with together, time_machine.travel(at, tick=False):
            if numbered:
                place = self.places.setdefault(name, len(self.places))
                # More than a test has made by then, and few enough for one sitemap.
                _count_on_from(100 + 100 * place)
            if (name, head) not in self.notes:
                self.notes[name, head] = _note(make)
                self.known.add(last(DEFAULT_DB_ALIAS))
            else:
                _run(self.notes[name, head][0])
        return self.notes[name, head][1]


def _note(make: Callable[[], Any]) -> tuple[list[Statement], Any]:
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        # PostgreSQL's counters are moved on by a SELECT.
        if not sql.startswith(("SAVEPOINT", "RELEASE", "SELECT")) or "setval(" in sql:
            statements.append((sql, params))
        return found

    with connection.execute_wrapper(note):
        made = make()
    return _as_the_driver_takes_them(statements), made


def _as_the_driver_takes_them(
    statements: list[tuple[str, Any]],
) -> list[Statement]:
    """Without the work that Django does for each; for PostgreSQL in one text, since
    each by itself waits for an answer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            texts = [cursor.mogrify(*statement) for statement in statements]
            return [(b";".join(texts).decode(),)]
        convert = cursor.cursor.convert_query
        return [
            (sql,) if params is None else (convert(sql), params)
            for sql, params in statements
        ]


def _count_on_from(number: int) -> None:
    """All tables but those of permissions and types, which are never emptied."""
    if connection.vendor == "postgresql":
        tables = "pg_sequences WHERE schemaname = current_schema()"
        tables += " AND sequencename !~ '^(auth_permission|django_)'"
        name = "format('%I.%I', schemaname, sequencename)"
        counting = [f"SELECT setval({name}, {number}) FROM {tables}"]  # noqa: S608
    else:
        kept = "name IN ('auth_permission', 'django_content_type')"
        tables = f"sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' AND NOT {kept}"
        again = f"INSERT INTO sqlite_sequence SELECT name, {number} FROM {tables}"  # noqa: S608
        counting = [f"DELETE FROM sqlite_sequence WHERE NOT {kept}", again]  # noqa: S608
    _run([(statement,) for statement in counting])


def _run(statements: list[Statement]) -> None:
    """Without the wrappers, whose own statements were noted too."""
    in_tests.drop()
    cursor = connection.connection.cursor()
    for statement in statements:
        cursor.execute(*statement)
    cursor.close()


@pytest.fixture(scope="session")
def noted() -> Noted:
    return Noted()
