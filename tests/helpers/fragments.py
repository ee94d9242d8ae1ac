"""Fragments are kept in a test's transaction too, until something is written or the
clock moves on: made anew for each page they took most of the suite's time."""

import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import segno
from django.db import connection

from lawblog.pagecache import fragments
from lawblog.pagecache.snapshot import Snapshot, snapshots

READS = ("SELECT", "(SELECT", "RELEASE")


class InTests:
    """Stands for the snapshots of pagecache: of what was not committed it knows
    nothing."""

    def __init__(self) -> None:
        self.drop()

    def drop(self) -> None:
        self.snapshot = Snapshot(None, 0, 0)
        # Savepoints since the last write: who goes back to one finds all as it is.
        self.same: set[str] = set()

    def current(self) -> Snapshot:
        if not in_the_tests_transaction():
            return snapshots.current()
        if self.notice not in connection.execute_wrappers:
            # Not last: whoever watches for a while takes away the last.
            connection.execute_wrappers.insert(0, self.notice)
        if not self.snapshot.begins <= time.time() < self.snapshot.ends:
            self.snapshot = Snapshot(None, time.time(), time.time() + 1)
        return self.snapshot

    def notice(self, execute: Any, sql: str, *args: Any) -> Any:
        what, _, savepoint = sql.rpartition(" ")
        if what == "SAVEPOINT":
            self.same.add(savepoint)
        elif savepoint not in self.same and not sql.startswith(READS):
            self.drop()
        return execute(sql, *args)


class Outermost:
    """Stands for the connection: the test's own transaction is as good as none, but
    where queries are counted a page asks for everything itself."""

    @property
    def in_atomic_block(self) -> bool:
        none = in_the_tests_transaction() and not connection.queries_logged
        return bool(connection.in_atomic_block and not none)


def in_the_tests_transaction() -> bool:
    return bool(connection.atomic_blocks) and connection.atomic_blocks[0]._from_testcase


in_tests = InTests()


@pytest.fixture(scope="session", autouse=True)
def fragments_are_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fragments, "snapshots", in_tests)
        patch.setattr(fragments, "connection", Outermost())
        yield


@pytest.fixture(scope="session", autouse=True)
def codes_are_drawn_once() -> Iterator[None]:
    """The same words are the same QR code, which takes as long as some pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segno, "make", cache(segno.make))
        yield
