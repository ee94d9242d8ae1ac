"""Guesses that are made at the same moment are counted like others."""

import pytest

from lawblog.people import rate_limit


def looked_at():
    try:
        rate_limit.count("password of account 1")
    except rate_limit.HeldBack:
        return False
    return True


@pytest.mark.slow
def test_of_thirty_at_once_no_more_are_looked_at_than_one_after_another(at_once):
    # As many as there are before the first pause, as if one worker had seen them all.
    found = at_once(*[looked_at] * 30)
    assert sorted(found) == [False] * 25 + [True] * min(rate_limit.PAUSES)


def test_a_code_is_used_once_by_many_at_once(at_once):
    found = at_once(*[lambda: rate_limit.first_time("code 123456 of account 1")] * 12)
    assert sorted(found) == [False] * 11 + [True]
