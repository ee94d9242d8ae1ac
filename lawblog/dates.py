"""Which days a form may name: a mistyped year breaks archives and arithmetic."""

from datetime import date

from django.core.exceptions import ValidationError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def sensible(day):
    """A validator of dates; the database's constraints say the same."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError("Check the year: it has to be from 1900 to 2199.")
