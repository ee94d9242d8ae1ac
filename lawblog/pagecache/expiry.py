"""When cached pages expire: the times at which the clock alone changes a public
page."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from lawblog.dates import beginning_of

# From now, an aware datetime, the moments after it; None stands for no moment.
Moments = Callable[[datetime], Iterable[datetime | None]]
_moments: list[Moments] = []


def register_change_times(function: Moments) -> Moments:
    """Registers function(now) → the aware datetimes after now at which time alone
    changes a public page."""
    _moments.append(function)
    return function


@register_change_times
def midnight(now: datetime) -> list[datetime]:
    """Notices that say "overdue", and closures of a day, change with the local date."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return [beginning_of(tomorrow)]


def next_change(now: datetime) -> float:
    """When time alone next changes some page, in seconds since 1970."""
    moments = [moment for function in _moments for moment in function(now) if moment]
    return min(moments).timestamp()
