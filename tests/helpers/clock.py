"""A clock that stands still."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("America/New_York"))  # a Tuesday


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands at NOON until a test moves it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
