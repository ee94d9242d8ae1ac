"""Times of day as people say them. Pure."""

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Moment = datetime | time


def clock(moment: Moment) -> str:
    """'9 am', '12:30 pm', 'noon'."""
    if _is_noon(moment):
        return _("noon")
    return f"{_figures(moment)} {_half(moment)}"


def span(opens: Moment, closes: Moment) -> str:
    """'9 am–12:30 pm', '1:30–5 pm', '9 am–noon'."""
    is_shared = _half(opens) == _half(closes) and not _is_noon(opens)
    first = _figures(opens) if is_shared else clock(opens)
    return f"{first}–{clock(closes)}"


def unbroken(words: str) -> str:
    """The same words with non-breaking spaces."""
    return words.replace(" ", "\N{NO-BREAK SPACE}").replace(
        "–", "\N{WORD JOINER}–\N{WORD JOINER}"
    )


# The number decides as in Spanish: "a la 1 p. m.", "a las 2 p. m."
def at(moment: Moment) -> str:
    """'at 5 pm'."""
    words = ngettext("at %(time)s", "at %(time)s", _hour(moment))
    return words % {"time": clock(moment)}


def until(moment: Moment) -> str:
    words = ngettext(
        "By appointment until %(time)s", "By appointment until %(time)s", _hour(moment)
    )
    return words % {"time": clock(moment)}


def _is_noon(moment: Moment) -> bool:
    return (moment.hour, moment.minute) == (12, 0)


def _hour(moment: Moment) -> int:
    return moment.hour % 12 or 12


def _figures(moment: Moment) -> str:
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{_hour(moment)}{minutes}"


def _half(moment: Moment) -> str:
    return _("am") if moment.hour < 12 else _("pm")
