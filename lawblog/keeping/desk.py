"""The desk's page of backups: the last one, those that are stored, and a button for one
more."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from lawblog.desk.pages import framed_page
from lawblog.people.accounts import is_attorney, name_of, user_of
from lawblog.people.reauthentication import reauthentication_required
from lawblog.records.ledger import append

from . import automatic_backups, before_restore, export_zip
from .models import JobRun
from .requested_jobs import CannotBegin, begin, is_running
from .stored_backup import StoredBackup

# What the buttons do: job, and what is said once it is pressed.
PRESSED = {
    "backup": "A backup is being made. Look again in a minute.",
    "drill": "The last backup is being tried out. Look again in a minute.",
    "export": "Everything is being written. Look again in a minute.",
}


@dataclass(frozen=True)
class BackupState:
    """What is known of the backups; None where nothing is known yet."""

    backup: JobRun | None
    drill: JobRun | None
    export: JobRun | None

    @property
    def runs(self) -> tuple[JobRun | None, ...]:
        return self.backup, self.drill, self.export

    @property
    def is_running(self) -> bool:
        return any(run and is_running(run) for run in self.runs)


def known() -> BackupState:
    runs = JobRun.objects.in_bulk(PRESSED)
    return BackupState(*map(runs.get, PRESSED))


def backups(request: HttpRequest) -> HttpResponse:
    """For attorneys. A POST begins the job that it names."""
    if not is_attorney(user_of(request)):
        raise PermissionDenied
    if request.method == "POST":
        return _begun(request)
    return framed_page(
        request,
        "admin/backups.html",
        title="Backups",
        kept=known(),
        stored=_stored(),
        replaced=before_restore.stored(),
        daily=settings.BACKUP_DAILY,
        everything=export_zip.path().exists(),
    )


@require_POST
@reauthentication_required
def download(request: HttpRequest, backup: str) -> HttpResponse:
    """For the owner, whose password or second factor is asked for again: whoever has
    the file has everything. It is a line of the record."""
    owner = user_of(request)
    if not owner.is_superuser:
        raise PermissionDenied
    if backup in {each.name for each in before_restore.stored()}:
        file: Any = (Path(settings.BACKUP_DIR) / backup).open("rb")
    elif backup in {each.name for each in automatic_backups.stored_backups()}:
        file = automatic_backups.store().open(backup)
    else:
        raise Http404
    return _handed_out(owner, backup, file)


@require_POST
@reauthentication_required
def everything(request: HttpRequest) -> HttpResponse:
    """For the owner, like a backup: drafts and the record are in it."""
    owner = user_of(request)
    if not owner.is_superuser:
        raise PermissionDenied
    if not export_zip.path().exists():
        raise Http404
    return _handed_out(owner, export_zip.NAME, export_zip.path().open("rb"))


def _handed_out(owner: User, name: str, file: Any) -> HttpResponse:
    """With a line of the record: who has it, has it."""
    with transaction.atomic():
        append("download", {"backup": name}, by=name_of(owner))
    sent = FileResponse(file, as_attachment=True, filename=name)
    # The stubs know no view that answers with a file.
    return cast(HttpResponse, sent)


def _stored() -> list[StoredBackup] | None:
    """None where the place that keeps them does not answer."""
    try:
        return automatic_backups.stored_backups()
    except Exception:  # whatever a bucket's library raises
        return None


def _begun(request: HttpRequest) -> HttpResponse:
    job = request.POST.get("job", "")
    if job not in PRESSED:
        messages.error(request, "Nothing was begun: press one of the buttons.")
    elif known().is_running:
        messages.info(request, "One is running already. Look again in a minute.")
    else:
        try:
            begin(job)
            messages.success(request, PRESSED[job])
        except CannotBegin as error:
            messages.error(request, str(error))
    return redirect("backups")
