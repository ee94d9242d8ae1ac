"""Federal holidays to choose closures from."""

from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_noop

from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from offices.models import Cause, Closure, Office


def federal_holidays() -> list[tuple[date, str]]:
    """[(date, name)] from tomorrow to the end of next year, without days on which
    all offices are closed already. Source: the holidays library."""
    # It takes 2 MiB, which a worker need not hold for one page of the desk.
    from holidays import country_holidays

    today = timezone.localdate()
    years = (today.year, today.year + 1)
    taken = Closure.objects.filter(office=None).values_list("first_day", flat=True)
    days = country_holidays("US", years=years, language="en_US").items()
    return sorted((day, name) for day, name in days if day > today and day not in taken)


def choices() -> list[tuple[str, str]]:
    return [
        (day.isoformat(), f"{day:%A, %B} {day.day}, {day.year}: {name}")
        for day, name in federal_holidays()
    ]


class HolidaysForm(forms.Form):
    days = forms.MultipleChoiceField(
        label="Closed on",
        # Called for each form, since the days to come move on.
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> list[tuple[date, str]]:
        names = dict(federal_holidays())
        days = map(date.fromisoformat, self.cleaned_data["days"])
        return [(day, names[day]) for day in days]


@with_right("add")
def suggest(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """Federal holidays of this year and the next; only what is ticked is stored."""
    form = HolidaysForm()
    if request.method == "POST":
        with transaction.atomic():
            Office.objects.lock()
            form = HolidaysForm(request.POST)
            if form.is_valid():
                return _added(request, desk, form.chosen())
    title = "Federal holidays to choose from"
    template = "admin/offices/closure/suggest.html"
    return desk_page(request, desk, template, title=title, form=form)


def _added(
    request: HttpRequest, desk: DeskAdmin, days: list[tuple[date, str]]
) -> HttpResponse:
    for day, name in days:
        closure = Closure.objects.create(
            first_day=day, last_day=day, cause=Cause.HOLIDAY, reason=name
        )
        desk.log_addition(request, closure, "Chosen from the federal holidays.")
    closures = "1 closure" if len(days) == 1 else f"{len(days)} closures"
    messages.success(request, f"{closures} added, for all offices.")
    return redirect("admin:offices_closure_changelist")


# For the catalog: the names that the library gives them, so that every language has
# words for the most common closures.
HOLIDAYS = (
    gettext_noop("New Year's Day"),
    gettext_noop("New Year's Day (observed)"),
    gettext_noop("Martin Luther King Jr. Day"),
    gettext_noop("Washington's Birthday"),
    gettext_noop("Memorial Day"),
    gettext_noop("Juneteenth National Independence Day"),
    gettext_noop("Juneteenth National Independence Day (observed)"),
    gettext_noop("Independence Day"),
    gettext_noop("Independence Day (observed)"),
    gettext_noop("Labor Day"),
    gettext_noop("Columbus Day"),
    gettext_noop("Veterans Day"),
    gettext_noop("Veterans Day (observed)"),
    gettext_noop("Thanksgiving Day"),
    gettext_noop("Christmas Day"),
    gettext_noop("Christmas Day (observed)"),
)
