"""The history of an office, and restoring an earlier state."""

import reversion
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from reversion.models import Version

from lawblog.dates import moment
from lawblog.desk.pages import DeskAdmin, desk_page, with_row
from lawblog.people.accounts import user_of
from offices.models import Closure, Office

from . import changes
from .staff import ATTORNEYS, FACTS, needs_no_approval, refuse_claims_of


@with_row("view")
def history(request: HttpRequest, office: Office, desk: DeskAdmin) -> HttpResponse:
    return desk_page(
        request,
        desk,
        "admin/offices/office/changes.html",
        title=f"Changes of {office}",
        row=office,
        changes=changes.changes(office),
        newest=changes.newest(office),
        may_undo=desk.has_change_permission(request, office),
    )


@require_POST
@with_row("change", lock=True)
def undo(
    request: HttpRequest, office: Office, desk: DeskAdmin, revision: int
) -> HttpResponse:
    """Puts an office back as a revision says it was; itself a change that is kept."""
    if request.POST.get("newest") != str(changes.newest(office)):
        messages.error(request, _meanwhile(office))
        return redirect("admin:offices_office_history", office.pk)
    try:
        rows = changes.earlier_state(office, revision)
    except Version.DoesNotExist:
        raise Http404 from None
    when = timezone.localtime(rows[0].revision.date_created)
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            put_back(office, rows, alone=needs_no_approval(user_of(request)))
    except ValidationError as error:
        problem = " ".join(error.messages)
        messages.error(request, f"{office} could not be put back: {problem}")
    else:
        message = f"Put back as it was on {when:%B} {when.day}."
        desk.log_change(request, office, message)
        messages.success(request, f"{office}: {message}")
    return redirect("admin:offices_office_history", office.pk)


def _meanwhile(office: Office) -> str:
    """For whoever would put back what they did not see change."""
    last = changes.changes(office)[0]
    return (
        f"{last.by} changed {office} ({moment(last.at)}) after you opened this page. "
        "Nothing was put back. Read the changes again first."
    )


def put_back(office: Office, rows: list[Version], *, alone: bool) -> None:
    """Hours and closures too; which office is the principal one stays as it is.

    alone: the attorney does it. Others put back only what they may change, and no
    words that they may not print. Raises ValidationError.
    """
    office.hours.all().delete()
    office.own_closures.all().delete()
    for version in rows:
        row = office
        if version._model is Office:
            restore_fields(office, version.field_dict, alone)
        else:
            # As a new row: the old number may be another office's by now.
            values = {k: v for k, v in version.field_dict.items() if k != "id"}
            row = version._model(**values)
        if not alone and isinstance(row, (Office, Closure)):
            refuse_claims_of(row)
        if row is office:
            office.full_clean()
        row.save()


def restore_fields(office: Office, values: dict[str, object], alone: bool) -> None:
    further = office.in_other_languages
    names = {"in_other_languages", *FACTS, *(ATTORNEYS if alone else ())}
    for name in names & values.keys() - {"is_principal"}:
        setattr(office, name, values[name])
    if not alone:
        keep_picture_words(office, further)


def keep_picture_words(office: Office, further: dict[str, dict[str, str]]) -> None:
    """What the picture shows stays as it is: further, {language: {field: text}}."""
    named, every = "picture_words", office.in_other_languages
    notes = {
        code: {name: text for name, text in texts.items() if name != named}
        for code, texts in every.items()
    }
    for code, texts in further.items():
        if words := texts.get(named):
            notes.setdefault(code, {})[named] = words
    office.in_other_languages = notes
