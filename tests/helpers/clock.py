"""A clock that stands still."""

from collections.abc import Iterator

import pytest
import time_machine

from helpers.desk import NOON


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands at noon in New York, a Tuesday, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
