"""A week's opening hours as people say them: "Mon–Fri". Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
