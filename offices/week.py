"""A week's opening hours in words: "Mon–Fri 9:30 am–5:30 pm". Pure."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import clock

MONDAY = date(2024, 1, 1).toordinal()  # any Monday: only its name is asked


def in_words(spans: list[Any]) -> list[tuple[str, list[Any]]]:
    """OfficeHours → [(days, their spans)]: days of the same hours are named together,
    where the first of them stands; closed days have no spans. Empty without hours."""
    groups: dict[tuple, tuple[list[int], list[Any]]] = {}
    for day in WEEKDAYS if spans else ():
        of_day = sorted(
            (span for span in spans if span.weekday == day), key=lambda s: s.opens
        )
        alike = tuple((s.opens, s.closes, s.by_appointment) for s in of_day)
        groups.setdefault(alike, ([], of_day))[0].append(day)
    return [(_names(days), of_day) for days, of_day in groups.values()]


class Line(NamedTuple):
    """Days (Monday 0) with the same hours, as a form shows them: one span or two."""

    days: list[int]
    spans: tuple[tuple[time, time], ...]
    by_appointment: bool


def lines(spans: Iterable[Any]) -> list[Line]:
    """OfficeHours → the fewest Lines that say them. A day with a third span, or with
    one by appointment beside another, stands in two."""
    days: dict[tuple[int, bool], list[tuple[time, time]]] = {}
    for span in spans:
        key = (span.weekday, span.by_appointment)
        days.setdefault(key, []).append((span.opens, span.closes))
    found: dict[tuple[Any, bool], list[int]] = {}
    for (day, by_appointment), of_day in sorted(days.items()):
        in_order = sorted(of_day)
        for first in range(0, len(in_order), 2):
            pair = tuple(in_order[first : first + 2])
            found.setdefault((pair, by_appointment), []).append(day)
    return [Line(days, pair, appointed) for (pair, appointed), days in found.items()]


def sentence(spans: list[Any]) -> str:
    """ "Mon–Fri 9:30 am–12:30 pm, 1:30–5:30 pm; Sat, Sun closed"; "" without hours."""
    return "; ".join(
        f"{days} {', '.join(map(_said, of_day)) or 'closed'}"
        for days, of_day in in_words(spans)
    )


def _said(span: Any) -> str:
    words = clock.span(span.opens, span.closes)
    return f"{words} by appointment" if span.by_appointment else words


def _names(days: Iterable[int]) -> str:
    """'Mon–Fri', 'Sat, Sun', 'Mon–Wed, Fri' for numbers in order, Monday 0."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [name for run in runs for name in _run(run)]
    return names[0][:1].upper() + ", ".join(names)[1:]


def _run(days: list[int]) -> list[str]:
    if len(days) < 3:
        return [_name(day) for day in days]
    # Translators: from one weekday to another, as on a shop's door.
    words = _("%(first)s–%(last)s")
    return [words % {"first": _name(days[0]), "last": _name(days[-1])}]


def _name(day: int) -> str:
    # Translators: a weekday on a shop's door; for Django D is Mon, l is Monday.
    return date_format(date.fromordinal(MONDAY + day), _("D"))
