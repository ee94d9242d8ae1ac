"""Rows that many tests begin with: made once by the site's own code, and from then on
written by the SQL that this had come to, which takes a tenth of the time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from helpers.desk import NOON
from helpers.fragments import in_tests
from lawblog.records.ledger import NONE_BEFORE, last

# When it was made, whatever the clock says in the test.
MADE = NOON - timedelta(days=1)
# SQL and its parameters.
Statement = tuple[str, Any]
# The newest line of the record, which tells all that was changed before it.
Head = tuple[int, str]


class Noted:
    def __init__(self) -> None:
        self.notes: dict[tuple[str, Head], tuple[list[Statement], Any]] = {}
        self.known: set[Head] = {(0, NONE_BEFORE)}

    def again(self, name: str, make: Callable[[], Any]) -> Any:
        """What make() returned the first time, with the rows that it wrote.

        They have the same numbers each time: make() says which. Where a test has put
        something else on record before, make() does it anew, and now."""
        head = last(DEFAULT_DB_ALIAS)
        if head not in self.known:
            with transaction.atomic():
                return make()
        with transaction.atomic(), time_machine.travel(MADE, tick=False):
            if (name, head) not in self.notes:
                self.notes[name, head] = _note(make)
                self.known.add(last(DEFAULT_DB_ALIAS))
            else:
                _run(self.notes[name, head][0])
        return self.notes[name, head][1]


def _note(make: Callable[[], Any]) -> tuple[list[Statement], Any]:
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        # PostgreSQL's counters are moved on by a SELECT.
        if not sql.startswith(("SAVEPOINT", "RELEASE", 'SELECT "')):
            statements.append((sql, params))
        return found

    with connection.execute_wrapper(note):
        made = make()
    return statements, made


def _run(statements: list[Statement]) -> None:
    """Without the wrappers, whose own statements were noted too."""
    in_tests.drop()
    wrappers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
    finally:
        connection.execute_wrappers = wrappers


@pytest.fixture(scope="session")
def noted() -> Noted:
    return Noted()
