"""Why an office is closed: a fixed list, so that each reason is translated."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy


class Cause(models.TextChoices):
    """The labels are also the headings of special hours."""

    WEATHER = "weather", lazy("Weather")
    COURT = "court", lazy("Court")
    HOLIDAY = "holiday", lazy("Holiday")
    ILLNESS = "illness", lazy("Illness")
    MOVING = "moving", lazy("Moving")
    OUTAGE = "outage", lazy("Power or telephone")
    OTHER = "other", lazy("Another reason")


def closed_because(cause: str) -> str:
    """ "closed because of the weather": in the page's language, without a capital."""
    words = {
        Cause.WEATHER: _("closed because of the weather"),
        Cause.COURT: _("closed while we are in court"),
        Cause.HOLIDAY: _("closed for a holiday"),
        Cause.ILLNESS: _("closed because of illness"),
        Cause.MOVING: _("closed while we move"),
        Cause.OUTAGE: _("closed because of a power or telephone outage"),
    }
    return words.get(Cause(cause), _("closed"))


def special_hours_because(cause: str) -> str:
    """The heading of special hours: "Weather"."""
    known = Cause(cause)
    return _("Special hours") if known is Cause.OTHER else str(known.label)
