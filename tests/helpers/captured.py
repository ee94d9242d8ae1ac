"""A site of which a capture was taken: made once, its rows and files are copied."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from helpers.noted import Noted
from lawblog.pagecache import snapshot
from lawblog.records.capture import reused_answers, store, take
from lawblog.records.capture.manifest import Manifest
from lawblog.records.capture.site_client import Answer

# After all that setup wrote when the tests began.
CAPTURED = datetime(2036, 11, 27, 8, tzinfo=timezone.utc)
SITE = "http://127.0.0.1:8000"
ARTICLE = f"{SITE}/posts/a-title/"
Answers = dict[str, Answer]


@pytest.fixture
def two_articles(
    set_up: None,
    publish: Callable[..., Any],
    noted: Noted,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[time_machine.Traveller]:
    """A clock, and a site with an article in each language; captures are in a folder of
    the test's."""
    # It would drop the connection that has the test's transaction.
    monkeypatch.setattr(snapshot, "close_old_connections", lambda: None)
    settings.VAR_DIR = tmp_path
    (tmp_path / "pages.changed").touch()

    def write() -> None:
        publish()
        # The feed of a language without an article says what time it is.
        publish("Un título", language="es")

    with time_machine.travel(CAPTURED, tick=False) as clock:
        noted.again("two articles", write, at=CAPTURED, numbered=True)
        yield clock


@pytest.fixture(scope="session")
def answers() -> Answers:
    """{address: what was answered when the first capture was taken}"""
    return {}


@pytest.fixture
def captured(
    two_articles: time_machine.Traveller,
    noted: Noted,
    answers: Answers,
    tmp_path_factory: pytest.TempPathFactory,
) -> Manifest:
    """The first capture of two_articles, of this moment."""
    taken, kept = noted.again(
        "captured",
        lambda: _take(answers, tmp_path_factory.mktemp("captured") / "kept"),
        at=CAPTURED,
        numbered=True,
    )
    shutil.copytree(kept, store.folder(), dirs_exist_ok=True)
    return taken


def _take(answers: Answers, kept: Path) -> tuple[Manifest, Path]:
    def note(address: str, ask: Callable[[str], Answer] = reused_answers.ask) -> Answer:
        answers[address] = ask(address)
        return answers[address]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reused_answers, "ask", note)
        taken = take.take()
    shutil.copytree(store.folder(), kept)
    return taken, kept


@pytest.fixture
def nothing_changes(
    captured: Manifest, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For what is not about the pages: each address answers as it did first."""
    monkeypatch.setattr(reused_answers, "ask", answers.__getitem__)


def capture(clock: time_machine.Traveller, **later: float) -> Manifest:
    """A capture of so much later, and the clock stands there."""
    clock.shift(timedelta(**later))
    # Nothing is committed in a test, so that kept pages hear of no change.
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    return take.take()


def flip(path: Path, place: int = -1) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
