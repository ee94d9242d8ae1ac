"""The moments at which time alone changes a public page."""

from datetime import timedelta

from django.utils import timezone

from lawblog.dates import beginning_of

_moments = []


def changes_at(function):
    """Registers function(now) → aware datetimes (or None) after now at which time
    alone changes a public page."""
    _moments.append(function)
    return function


@changes_at
def midnight(now):
    """ "Overdue" notices and closures of the day turn with the local date."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return [beginning_of(tomorrow)]


def next_change(now):
    """When time alone next changes some page, in seconds since 1970."""
    moments = [moment for function in _moments for moment in function(now) if moment]
    return min(moments).timestamp()
