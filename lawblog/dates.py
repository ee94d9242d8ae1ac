"""Dates and times: which days a form accepts, when a day begins, and how a time is
shown."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# A mistyped year would break archives and arithmetic.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def sensible(day: date) -> None:
    """A validator of dates. The database's constraints say the same."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError("Check the year: it has to be from 1900 to 2199.")


def beginning_of(day: date) -> datetime:
    """The aware moment at which a day begins, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def moment(value: datetime | None) -> str:
    """A date and time as people read it, in the site's time zone and in the language of
    the page; "" for None. The filter `moment` of all templates."""
    # A name that a template does not know is "", not None.
    if not value:
        return ""
    # Translators: how a date with its time is written, in Django's format letters.
    return date_format(timezone.localtime(value), _("M j, Y, P"))


def full_stop(text: str) -> str:
    """The end of a sentence: the text with a full stop, unless it has one, as "5 p.m."
    has. A filter of the desk's templates.

    >>> full_stop("noon"), full_stop("5 p.m.")
    ('noon.', '5 p.m.')
    """
    return text if text.endswith(".") else f"{text}."
