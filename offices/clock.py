"""Times of day as people say them. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def clock(moment):
    """'9 am', '12:30 pm', 'noon'."""
    if _is_noon(moment):
        return _("noon")
    return f"{_figures(moment)} {_half(moment)}"


def span(opens, closes):
    """'9 am–12:30 pm', '1:30–5 pm', '9 am–noon'."""
    is_shared = _half(opens) == _half(closes) and not _is_noon(opens)
    first = _figures(opens) if is_shared else clock(opens)
    return f"{first}–{clock(closes)}"


# The number decides as in Spanish: "a la 1 p. m.", "a las 2 p. m."
def at(moment):
    """'at 5 pm'."""
    words = ngettext("at %(time)s", "at %(time)s", _hour(moment))
    return words % {"time": clock(moment)}


def until(moment):
    words = ngettext(
        "By appointment until %(time)s", "By appointment until %(time)s", _hour(moment)
    )
    return words % {"time": clock(moment)}


def _is_noon(moment):
    return (moment.hour, moment.minute) == (12, 0)


def _hour(moment):
    return moment.hour % 12 or 12


def _figures(moment):
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{_hour(moment)}{minutes}"


def _half(moment):
    return _("am") if moment.hour < 12 else _("pm")
