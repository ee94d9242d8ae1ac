"""The rate limit on guessing, and a clock that was wrong."""

from datetime import timedelta

import pytest
import time_machine
from helpers.clock import NOON

from lawblog.people import rate_limit


@pytest.fixture
def guessed(db):
    """guessed(back): somebody guessed too often, and the clock is put back so far."""
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(rate_limit.MAX_ATTEMPTS):
            rate_limit.count("password of account 7")
            clock.shift(60)
        yield lambda back: clock.move_to(NOON - back)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_put_back_locks_nobody_out(guessed, back):
    guessed(back)
    rate_limit.count("password of account 7")


def test_another_machine_whose_clock_is_late_gives_no_more_tries(guessed):
    guessed(timedelta(seconds=30))
    with pytest.raises(rate_limit.HeldBack):
        rate_limit.count("password of account 7")
