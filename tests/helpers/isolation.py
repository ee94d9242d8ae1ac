"""No test meets what another left in memory, and none reaches another site."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from django.core.cache import caches
from django.db import transaction

from helpers.fragments import in_tests
from lawblog.database import timeouts
from lawblog.media import downloading
from lawblog.pagecache import outage, snapshot


@contextmanager
def undone() -> Iterator[None]:
    """Rows are afterwards as they were: for cases that share what came before them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget()


def forget() -> None:
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    in_tests.drop()
    for name in caches:
        caches[name].clear()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that was emptied counts its changes from one again, and nobody is
    held back for another test's wrong passwords."""
    forget()
    # Nobody looks for a database by itself that a test takes away: the test does.
    monkeypatch.setattr(outage.Outage, "wait", lambda self: None)
    snapshot.snapshots.outage.since = None
    timeouts.found_away(False)


@pytest.fixture(autouse=True)
def nothing_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks another site for a picture; those of fetching itself say how."""

    def refuse(address: str) -> NoReturn:
        raise downloading.CannotFetch("Tests fetch nothing.")

    monkeypatch.setattr(downloading, "fetch", refuse)


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for() -> Iterator[None]:
    """What tests write is thrown away; a busy disk takes a moment for each file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield
