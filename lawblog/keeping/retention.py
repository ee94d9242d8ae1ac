"""Which backups may be deleted. Pure."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple


class Retention(NamedTuple):
    """The newest of each of the last so many days, weeks and months that have one."""

    daily: int
    weekly: int
    monthly: int


def to_remove(moments: Iterable[datetime], kept: Retention) -> set[datetime]:
    """Those of the moments (of one time zone) that the rule does not keep. The newest
    is kept whatever the rule says."""
    newest_first = sorted(set(moments), reverse=True)
    keep = set(newest_first[:1])
    for number, period in (
        (kept.daily, _day),
        (kept.weekly, _week),
        (kept.monthly, _month),
    ):
        keep |= _newest_of_each(newest_first, period, number)
    return set(newest_first) - keep


def _newest_of_each(
    newest_first: list[datetime], period: Callable[[datetime], object], number: int
) -> set[datetime]:
    found: dict[object, datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment), moment)
    return set(list(found.values())[:number])


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
