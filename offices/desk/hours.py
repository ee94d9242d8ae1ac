"""An office's weekly hours as people say them: days ticked, spans beside, one save."""

from collections.abc import Iterable
from datetime import time
from itertools import combinations
from typing import Any

import reversion
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.pages import DeskAdmin, desk_page, with_row
from lawblog.desk.widgets import TimeInput
from offices import week
from offices.models import Office, OfficeHours

# Lines to be filled in beside those that an office has.
SPARE_LINES = 3
MAX_LINES = 40
WEEKDAYS = [(day, label[:3]) for day, label in OfficeHours.Weekday.choices]
# What most offices begin with: the times alone are left to give.
FIRST_LINE = {"days": [0, 1, 2, 3, 4]}
# The two spans of a line: a morning and an afternoon, or the first alone.
SPANS = (("opens", "closes"), ("opens_again", "closes_again"))


# Said of a line without times: readers would never see its tick.
NO_TIMES = (
    "Give the times, or untick “By appointment”. If the office has no hours at all, "
    "switch “By appointment only” on instead, on its card under “Offices”."
)


def _time() -> forms.TimeField:
    """Hours and minutes: readers are told no seconds."""
    return forms.TimeField(
        required=False,
        widget=TimeInput,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Give hours and minutes alone, like 09:30."},
    )


class LineForm(forms.Form):
    """Days with the same hours. One without times stands for nothing."""

    days = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens = _time()
    closes = _time()
    opens_again = _time()
    closes_again = _time()
    by_appointment = forms.BooleanField(required=False)

    def clean(self) -> None:
        for opens, closes in SPANS:
            if opens in self.errors or closes in self.errors:
                continue
            if problem := _problem(self.cleaned_data[opens], self.cleaned_data[closes]):
                self.add_error(closes, problem)
        if self.cleaned_data["by_appointment"] and not (self.spans() or self.errors):
            self.add_error("by_appointment", NO_TIMES)
        if self.spans() and not self.cleaned_data.get("days"):
            self.add_error("days", "Tick the days that have these hours.")

    def spans(self) -> list[tuple[time, time]]:
        """(opens, closes) of each span that is given whole."""
        pairs = [(self.cleaned_data.get(o), self.cleaned_data.get(c)) for o, c in SPANS]
        return [(opens, closes) for opens, closes in pairs if opens and closes]

    def rows(self) -> list[OfficeHours]:
        """The unsaved rows that the line stands for, of no office yet."""
        return [
            OfficeHours(
                weekday=day,
                opens=opens,
                closes=closes,
                by_appointment=self.cleaned_data["by_appointment"],
            )
            # A spare line that nobody touched has nothing at all.
            for day in self.cleaned_data.get("days", ())
            for opens, closes in self.spans()
        ]


def joined(rows: Iterable[OfficeHours]) -> list[OfficeHours]:
    """The unsaved rows, where two of a kind that touch (9 to 12, 12 to 5) are one: so
    they are printed, and so the form shows them next time."""
    found: list[OfficeHours] = []
    for row in sorted(rows, key=lambda r: (r.weekday, r.opens)):
        last = found[-1] if found else None
        if last and last.touches(row):
            last.closes = row.closes
        else:
            found.append(row)
    return found


def _problem(opens: time | None, closes: time | None) -> str:
    if bool(opens) != bool(closes):
        return "Give both times, or neither."
    if opens and closes and closes <= opens:
        return (
            "Closing time must be after opening time, on the same day. For a night, "
            "give two spans."
        )
    return ""


class Lines(forms.BaseFormSet):
    """All lines of an office's week."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = [(form, row) for form in self.forms for row in form.rows()]
        for (_, one), (form, other) in combinations(rows, 2):
            if one.overlaps(other):
                problem = f"{other} overlaps {one}."
                form.add_error(
                    "opens", f"{problem} Let one end before the other begins."
                )
                raise ValidationError(problem)


LineFormSet = formset_factory(
    LineForm,
    formset=Lines,
    extra=SPARE_LINES,
    max_num=MAX_LINES,
    absolute_max=MAX_LINES,
)


def _filled_in(line: week.Line) -> dict[str, Any]:
    values: dict[str, Any] = {"days": line.days, "by_appointment": line.by_appointment}
    for names, times in zip(SPANS, line.spans, strict=False):
        values |= dict(zip(names, times, strict=True))
    return values


@with_row("change", lock=True)
def hours(request: HttpRequest, office: Office, desk: DeskAdmin) -> HttpResponse:
    """The week, all at once."""
    known = [_filled_in(line) for line in week.lines(office.spans)]
    lines = LineFormSet(request.POST or None, initial=known or [FIRST_LINE])
    if request.method == "POST" and lines.is_valid():
        if request.POST.get("version_token") == version_token(office):
            rows = joined(row for line in lines.forms for row in line.rows())
            return _saved(request, office, desk, rows)
        messages.error(request, overtaken(office))
    return desk_page(
        request,
        desk,
        "admin/offices/office/hours.html",
        title=f"Hours of {office}",
        row=office,
        lines=lines,
        said=week.sentence(office.spans),
        # A form that comes back keeps the state that it was filled in for.
        version_token=request.POST.get("version_token", version_token(office)),
    )


def _saved(
    request: HttpRequest, office: Office, desk: DeskAdmin, rows: list[OfficeHours]
) -> HttpResponse:
    with reversion.create_revision():
        reversion.set_user(request.user)
        office.hours.all().delete()
        for row in rows:
            row.office = office
            row.save()
        # Changed hours change the office: others must see its version token move.
        office.save()
    said = week.sentence(rows)
    words = f"hours are {said}." if said else "no hours: readers are told to call."
    desk.log_change(request, office, words.capitalize())
    messages.success(request, f"{office}: {words}")
    return redirect("admin:offices_office_changelist")
