"""The switches on an office's card: one tap to close or open it today."""

import reversion
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.pages import DeskAdmin, require, with_row
from lawblog.people.accounts import user_of
from offices.models import Cause, Office


class SwitchForm(forms.Form):
    WHAT = ("appointment", "close", "why", "open", "principal")
    what = forms.ChoiceField(choices=[(what, what) for what in WHAT])
    cause = forms.ChoiceField(choices=Cause.choices, required=False)
    # The number of the closure that the card showed.
    closure = forms.CharField(required=False)

    def apply(self, office: Office) -> str:
        """Changes the office, which is not saved; says what was done."""
        what = self.cleaned_data["what"]
        if what == "appointment":
            office.appointment_only = not office.appointment_only
            return f"by appointment only: {'on' if office.appointment_only else 'off'}."
        if what == "principal":
            office.is_principal = True
            return "the principal office from now on."
        if what == "close":
            return close_today(office, self._cause())
        shown = self.cleaned_data["closure"]
        return change_closure(office, shown, self._cause() if what == "why" else None)

    def _cause(self) -> str:
        return self.cleaned_data["cause"] or str(Cause.OTHER)


NOTHING = "nothing to change; closures of several days are under Closures."
ANOTHER = (
    "nothing to change: its closure of today is another since you opened the page."
)


def close_today(office: Office, cause: str) -> str:
    if office.closed_today():
        return NOTHING
    today = timezone.localdate(timezone=office.zone)
    closure = office.own_closures.create(first_day=today, last_day=today, cause=cause)
    return f"{closure.closed_words}, today."


def change_closure(office: Office, shown: str, cause: str | None) -> str:
    """The reason for today's closure, which follows the tap; None: it is open again.
    shown: the number of the closure on the card."""
    closure = office.closed_today()
    if not closure or closure.first_day != closure.last_day:
        return NOTHING
    if str(closure.pk) != shown:
        return ANOTHER
    if cause is None:
        closure.delete()
        return "no longer closed today."
    closure.cause = cause
    closure.save()
    return f"{closure.closed_words}, today."


@require_POST
@with_row("change", lock=True)
def switch(request: HttpRequest, office: Office, desk: DeskAdmin) -> HttpResponse:
    form = SwitchForm(request.POST)
    moves_principal = request.POST.get("what") == "principal"
    if moves_principal:
        require(desk, request, "add")
    if version_token(office) != request.POST.get("version_token"):
        messages.error(request, overtaken(office))
    elif not form.is_valid():
        messages.error(request, "Nothing was changed: choose one of the reasons.")
    else:
        if moves_principal:
            clear_principal_office(user_of(request))
        with reversion.create_revision():
            reversion.set_user(request.user)
            done = form.apply(office)
            office.save()
        desk.log_change(request, office, done)
        messages.success(request, f"{office}: {done}")
    is_front = request.POST.get("back") == "desk"
    return redirect("admin:index" if is_front else "admin:offices_office_changelist")


def clear_principal_office(user: AbstractUser) -> None:
    """The present principal office makes room for another one."""
    rows = Office.objects.select_for_update(no_key=True)
    for former in rows.filter(is_principal=True):
        with reversion.create_revision():
            reversion.set_user(user)
            former.is_principal = False
            former.save()
