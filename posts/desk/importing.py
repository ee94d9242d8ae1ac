"""The pages "Bring articles in": upload, progress, a report by file, and undo."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from lawblog.desk.pages import DeskAdmin, desk_page, require, with_right
from lawblog.people.accounts import user_of
from posts.import_runs import files, jobs, runs
from posts.models import ImportLine, ImportRun

RUNS_SHOWN = 20  # earlier imports
LINES_SHOWN = 2_000  # lines of a report


class BeginForm(forms.Form):
    site = forms.URLField(
        required=False,
        max_length=200,
        label="Address of the old site",
        assume_scheme="https",
        widget=forms.URLInput({"class": "vTextField"}),
        help_text="Like https://www.example.com. Some files do not tell it, and links "
        "and pictures need it.",
    )
    offline = forms.BooleanField(
        required=False,
        label="Do not fetch pictures from the old site",
        help_text="Only those that came with the files are taken over.",
    )


@with_right("add")
def begin(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """The form, and earlier imports. With JavaScript, the files are sent one by one to
    take()."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        run = ImportRun.objects.create(
            created_by=user_of(request), is_kept=True, **form.cleaned_data
        )
        sent = request.FILES.getlist("files")
        if sent and _all_kept(request, desk, run, sent):
            jobs.begin(run)
        return redirect("admin:posts_post_brought_in", run.pk)
    return desk_page(
        request,
        desk,
        "admin/posts/post/import_begin.html",
        title="Bring articles in",
        form=form,
        piece=files.PIECE_BYTES,
        earlier=ImportRun.objects.select_related("created_by")[:RUNS_SHOWN],
    )


def _all_kept(
    request: HttpRequest, desk: DeskAdmin, run: ImportRun, sent: list[UploadedFile]
) -> bool:
    try:
        for file in sent:
            for number, data in enumerate(file.chunks(files.PIECE_BYTES)):
                files.keep(run, file.name or "", number, data)
    except ValidationError as error:
        runs.stop(run)
        desk.message_user(request, " ".join(error.messages), "error")
        return False
    return True


View = Callable[[HttpRequest, ImportRun, DeskAdmin], HttpResponse]


def with_run(view: View) -> Callable[..., HttpResponse]:
    """Gives view(request, run, desk) the import in the address. Everybody who may
    import sees all imports; only attorneys and whoever began one may change it."""

    @wraps(view)
    def page(request: HttpRequest, run: int, desk: DeskAdmin) -> HttpResponse:
        require(desk, request, "add")
        found = get_object_or_404(
            ImportRun.objects.select_related("created_by"), pk=run
        )
        if request.method == "POST" and not may_change(request, found, desk):
            raise PermissionDenied
        return view(request, found, desk)

    return page


def may_change(request: HttpRequest, run: ImportRun, desk: DeskAdmin) -> bool:
    own = run.created_by_id == user_of(request).pk
    return own or desk.has_publish_permission(request)


@require_POST
@with_run
def take(request: HttpRequest, run: ImportRun, desk: DeskAdmin) -> HttpResponse:
    """A piece of a file: 204, or 400 with a sentence."""
    sent, number = request.FILES.get("piece"), request.POST.get("number", "")
    try:
        if sent is None or not (number.isdecimal() and len(number) < 4):
            raise ValidationError("A piece of a file did not arrive. Start again.")
        files.keep(run, request.POST.get("name", ""), int(number), sent.read())
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), "text/plain", status=400)
    return HttpResponse(status=204)


@with_run
def report(request: HttpRequest, run: ImportRun, desk: DeskAdmin) -> HttpResponse:
    """Progress and the result for each file; by POST: start, stop, undo."""
    if request.method == "POST":
        for button, press in BUTTONS.items():
            if button in request.POST:
                desk.message_user(request, press(run))
        return redirect("admin:posts_post_brought_in", run.pk)
    is_open = Q(post__draft_findings__ticked_at=None)
    lines = run.lines.select_related("post")
    lines = lines.annotate(to_look_at=Count("post__draft_findings", filter=is_open))
    groups = {
        kind: [x for x in lines[:LINES_SHOWN] if x.kind == kind] for kind, _ in KINDS
    }
    return desk_page(
        request,
        desk,
        "admin/posts/post/import_report.html",
        title="Bring articles in",
        run=run,
        arrived=run.pieces.values("name").distinct().count(),
        groups=[(words, groups[kind]) for kind, words in KINDS if groups[kind]],
        counts={kind: run.lines.filter(kind=kind).count() for kind, _ in KINDS},
        may_change=may_change(request, run, desk),
        can_undo=not run.is_working and runs.made(run).exists(),
    )


KINDS = (
    (ImportLine.REFUSED, "Left out, and why"),
    (ImportLine.REMARK, "Said of the files"),
    (ImportLine.MADE, "Brought in as drafts"),
    (ImportLine.KNOWN, "Here already, and left as they are"),
)


def _start(run: ImportRun) -> str:
    if run.started_at or not run.pieces.exists():
        return "There is nothing to start: choose the files again."
    jobs.begin(run)
    return "The files are being read."


def _go_on(run: ImportRun) -> str:
    jobs.wake()
    return "It goes on."


def _stop(run: ImportRun) -> str:
    runs.stop(run)
    return "Stopped. What came in stays until you undo it."


def _undo(run: ImportRun) -> str:
    if run.is_working:
        return "It is still at work. Stop it first."
    removed, left = runs.undo(run)
    said = "1 draft is" if removed == 1 else f"{removed} drafts are"
    if not left:
        return f"{said} removed."
    stay = "1 stays" if left == 1 else f"{left} stay"
    return (
        f"{said} removed; {stay}, since somebody changed or sent them meanwhile, or "
        "another article names them."
    )


BUTTONS = {"start": _start, "go_on": _go_on, "stop": _stop, "undo": _undo}
