"""Days: which a form may name, since a mistyped year breaks archives and arithmetic,
and when they begin."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def sensible(day):
    """A validator of dates; the database's constraints say the same."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError("Check the year: it has to be from 1900 to 2199.")


def beginning_of(day):
    """The aware moment at which a day begins, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
