"""How long anybody waits for a PostgreSQL that hangs, by a clock of the test's own."""

from types import SimpleNamespace

import psycopg2
import pytest

from lawblog.database import timeouts

# No reader waits longer, in seconds (docs/operate.md).
PROMISED = 2


class Hung:
    """A connection on which nothing ever comes; waiting for it moves the clock."""

    now = 0.0

    def poll(self, milliseconds=None):
        self.now += (milliseconds or 0) / 1000
        return timeouts.POLL_READ

    def fileno(self):
        return 0

    def register(self, number, event):
        """As select.poll() has it."""


@pytest.fixture
def hung(monkeypatch):
    hung = Hung()
    time = SimpleNamespace(monotonic=lambda: hung.now)
    select = SimpleNamespace(poll=lambda: hung, POLLIN=1, POLLOUT=4)
    monkeypatch.setattr(timeouts, "time", time)
    monkeypatch.setattr(timeouts, "select", select)
    monkeypatch.setattr(timeouts, "is_away", False)
    return hung


def test_a_reader_waits_once_however_often_it_asks(hung):
    with timeouts.waiting(timeouts.READER_SECONDS):
        # Is the connection alive; a new one; the question.
        for _ in range(3):
            with pytest.raises(psycopg2.OperationalError):
                timeouts.wait(hung)
            assert 1 <= hung.now < PROMISED


def test_the_desk_waits_longer_but_somebody_looks_when_a_reader_would_have_left(
    hung, monkeypatch
):
    asked = []
    monkeypatch.setattr(timeouts, "_suspect", lambda: asked.append(hung.now))
    with (
        timeouts.waiting(timeouts.DESK_SECONDS),
        pytest.raises(psycopg2.OperationalError),
    ):
        timeouts.wait(hung)
    assert len(asked) == 1 and asked[0] < PROMISED
    assert hung.now >= timeouts.DESK_SECONDS


def test_whoever_waits_leaves_when_somebody_else_finds_it_away(hung, monkeypatch):
    monkeypatch.setattr(timeouts, "_suspect", lambda: timeouts.found_away(True))
    with timeouts.waiting(timeouts.DESK_SECONDS), pytest.raises(timeouts.KnownAway):
        timeouts.wait(hung)
    assert hung.now < PROMISED


def test_while_it_is_known_to_be_away_only_those_ask_who_look(hung, monkeypatch):
    monkeypatch.setattr(timeouts, "is_away", True)
    with pytest.raises(timeouts.KnownAway):
        timeouts.wait(hung)
    assert hung.now == 0
    with (
        timeouts.waiting(PROMISED, looking=True),
        pytest.raises(psycopg2.OperationalError, match="does not answer"),
    ):
        timeouts.wait(hung)
    assert hung.now >= PROMISED
