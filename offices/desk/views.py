"""Staff's own pages: the switches of today, the history of an office, holidays."""

from datetime import date

import reversion
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST
from reversion.models import Version

from lawblog.desk.locking import overtaken, version_token
from offices.models import Cause, Closure, Office

from . import versions
from .staff import ATTORNEYS, FACTS, prints_alone, refuse_claims_of


@require_POST
@transaction.atomic
def switch(request, pk, desk):
    """One tap on the office's card: appointment only, or closed today."""
    office = get_object_or_404(Office.objects.select_for_update(), pk=pk)
    if not desk.has_change_permission(request, office):
        raise PermissionDenied
    form = SwitchForm(request.POST)
    moves_principal = request.POST.get("what") == "principal"
    if moves_principal and not desk.has_add_permission(request):
        raise PermissionDenied
    if version_token(office) != request.POST.get("version_token"):
        messages.error(request, overtaken(office))
    elif not form.is_valid():
        messages.error(request, "Nothing was changed: choose one of the reasons.")
    else:
        if moves_principal:
            step_down(request.user)
        with reversion.create_revision():
            reversion.set_user(request.user)
            done = form.apply(office)
            office.save()
        desk.log_change(request, office, done)
        messages.success(request, f"{office}: {done}")
    return redirect("admin:offices_office_changelist")


def step_down(user):
    """The present principal office makes room for another one."""
    for former in Office.objects.filter(is_principal=True):
        with reversion.create_revision():
            reversion.set_user(user)
            former.is_principal = False
            former.save()


class SwitchForm(forms.Form):
    WHAT = ("appointment", "close", "open", "principal")
    what = forms.ChoiceField(choices=[(what, what) for what in WHAT])
    cause = forms.ChoiceField(choices=Cause.choices, required=False)

    def apply(self, office):
        what = self.cleaned_data["what"]
        if what == "appointment":
            office.appointment_only = not office.appointment_only
            return f"by appointment only: {'on' if office.appointment_only else 'off'}."
        if what == "principal":
            office.is_principal = True
            return "the principal office from now on."
        closure = office.closed_today()
        if what == "close" and not closure:
            today = timezone.localdate(timezone=office.zone)
            cause = self.cleaned_data["cause"] or Cause.OTHER
            days = {"first_day": today, "last_day": today}
            closure = office.own_closures.create(**days, cause=cause)
            return f"{closure.closed_words}, today."
        if what == "open" and closure and closure.first_day == closure.last_day:
            closure.delete()
            return "not closed today any more."
        return "nothing to change; closures of several days are under Closures."


def office_history(request, pk, desk):
    office = get_object_or_404(Office, pk=pk)
    if not desk.has_view_permission(request, office):
        raise PermissionDenied
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "original": office,
        "title": f"Changes of {office}",
        "changes": versions.changes(office),
        "may_undo": desk.has_change_permission(request, office),
    }
    return render(request, "admin/offices/office/changes.html", context)


@require_POST
@transaction.atomic
def undo(request, pk, revision, desk):
    """Put an office back as a revision says it was; itself a change that is kept."""
    office = get_object_or_404(Office.objects.select_for_update(), pk=pk)
    if not desk.has_change_permission(request, office):
        raise PermissionDenied
    try:
        rows = versions.earlier_state(office, revision)
    except Version.DoesNotExist:
        raise Http404 from None
    when = timezone.localtime(rows[0].revision.date_created)
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            put_back(office, rows, alone=prints_alone(request.user))
    except ValidationError as error:
        problem = " ".join(error.messages)
        messages.error(request, f"{office} could not be put back: {problem}")
    else:
        message = f"Put back as it was on {when:%B} {when.day}."
        desk.log_change(request, office, message)
        messages.success(request, f"{office}: {message}")
    return redirect("admin:offices_office_history", pk)


def put_back(office, rows, *, alone):
    """Hours and closures as well; which office is the principal one stays as it is.

    alone: it is the attorney who does it. Others put back what they may change, and
    no words that they may not print. Raises ValidationError.
    """
    names = {"in_other_languages", *FACTS, *(ATTORNEYS if alone else ())}
    office.hours.all().delete()
    office.own_closures.all().delete()
    for version in rows:
        values = {k: v for k, v in version.field_dict.items() if k != "id"}
        if version._model is Office:
            for name in names & values.keys() - {"is_principal"}:
                setattr(office, name, values[name])
            row = office
        else:
            # As a new row: the old number may be another office's by now.
            row = version._model(**values)
        if not alone and isinstance(row, (Office, Closure)):
            refuse_claims_of(row)
        if row is office:
            office.full_clean()
        row.save()


def suggest(request, desk):
    """Federal holidays of this year and the next; only what is ticked is stored."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    form = HolidaysForm(request.POST or None)
    if form.is_valid():
        days = form.chosen()
        for day, name in days:
            closure = Closure.objects.create(
                first_day=day, last_day=day, cause=Cause.HOLIDAY, reason=name
            )
            desk.log_addition(request, closure, "Chosen among the federal holidays.")
        messages.success(request, f"{len(days)} closures added, for all offices.")
        return redirect("admin:offices_closure_changelist")
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": "Federal holidays to choose from",
        "form": form,
    }
    return render(request, "admin/offices/closure/suggest.html", context)


class HolidaysForm(forms.Form):
    days = forms.MultipleChoiceField(
        label="Closed on", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (day.isoformat(), f"{day:%A, %B} {day.day}, {day.year}: {name}")
            for day, name in federal_holidays()
        ]

    def chosen(self):
        names = dict(federal_holidays())
        days = map(date.fromisoformat, self.cleaned_data["days"])
        return [(day, names[day]) for day in days]


# For the catalog: the names that the library gives them, so that the most usual
# closures are told in each language.
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


def federal_holidays():
    """[(date, name)] from tomorrow to the end of next year, without days on which
    all offices are closed already. Source: the holidays library."""
    # Of the whole world's: 2 MiB that a worker need not hold for a page of the desk.
    import holidays

    today = timezone.localdate()
    years = (today.year, today.year + 1)
    taken = Closure.objects.filter(office=None).values_list("first_day", flat=True)
    days = holidays.US(years=years, language="en_US").items()
    return sorted((day, name) for day, name in days if day > today and day not in taken)
