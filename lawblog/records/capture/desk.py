"""The desk's pages of captures: what is stored, and what an address showed on a given
day."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lawblog.dates import beginning_of
from lawblog.desk.pages import framed_page
from lawblog.keeping.models import JobRun
from lawblog.keeping.requested_jobs import CannotBegin, begin, is_running
from lawblog.people.accounts import is_attorney, user_of
from lawblog.people.reauthentication import reauthentication_required

from . import manifest, proof, prune, store
from .copy_to_browse import content, kind_of, names
from .desk_forms import AddressForm, PruneForm
from .manifest import Manifest

# One is made each month: after this time something is wrong.
LATE_AFTER = timedelta(days=28)
CAPTURES_SHOWN = 60
JOB = "capture-now"
# A captured page may show itself and do nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Row:
    """A capture in the list. addresses: how many; None: it cannot be read."""

    name: str
    at: datetime
    addresses: int | None

    @property
    def addresses_told(self) -> str:
        return f"{self.addresses:,}"


def captures(request: HttpRequest) -> HttpResponse:
    """For everybody at the desk: all of it was public. An attorney's POST keeps the
    site as it is now."""
    if request.method == "POST":
        return _begun(request)
    form = AddressForm(request.GET if "address" in request.GET else None)
    if form.is_valid() and (answer := _found(request, **form.cleaned_data)):
        return answer
    return _page(request, form)


def _page(
    request: HttpRequest, form: AddressForm, prune_form: PruneForm | None = None
) -> HttpResponse:
    kept, now = store.names()[::-1], timezone.now()
    newest = next(map(store.moment_of, reversed(store.names(until=now))), None)
    user, run = user_of(request), JobRun.objects.filter(name=JOB).first()
    is_old = not newest or now - newest > LATE_AFTER
    return framed_page(
        request,
        "admin/captures.html",
        title="Captures",
        run=run,
        old=len(prune.old()),
        years=prune.YEARS_KEPT,
        prune_form=prune_form or PruneForm(user),
        form=form,
        rows=[_row(name) for name in kept[:CAPTURES_SHOWN]],
        total=len(kept),
        is_late=is_old and not (run and is_running(run)),
        may_prove=is_attorney(user),
    )


def _begun(request: HttpRequest) -> HttpResponse:
    if not is_attorney(user_of(request)):
        raise PermissionDenied
    try:
        begun = begin(JOB)
    except CannotBegin as error:
        messages.error(request, str(error))
        return redirect("captures")
    if begun:
        messages.success(request, "The site is being kept. Look again in some minutes.")
    else:
        messages.info(request, "It is being kept already. Look again in some minutes.")
    return redirect("captures")


@require_POST
@reauthentication_required
def capture_prune(request: HttpRequest) -> HttpResponse:
    """For an attorney, by full name, whose password or second factor is asked for."""
    user = user_of(request)
    if not is_attorney(user):
        raise PermissionDenied
    form = PruneForm(user, request.POST)
    if request.POST.get("old") != str(len(prune.old())):
        messages.error(request, "By now it is another number. Nothing was removed.")
        return _page(request, AddressForm(), form)
    if not form.is_valid():
        return _page(request, AddressForm(), form)
    try:
        done = prune.prune(by=form.cleaned_data["name"])
    except prune.PruneError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{done}.")
    return redirect("captures")


def _row(name: str) -> Row:
    try:
        count = manifest.about(name)["addresses"]
    except ValueError:
        return Row(name, store.moment_of(name), None)
    return Row(name, store.moment_of(name), count)


def _found(request: HttpRequest, address: str, day: date) -> HttpResponse | None:
    """The way to what an address showed; None, with a sentence, if it is not kept."""
    try:
        found = manifest.before(beginning_of(day + timedelta(days=1)))
    except ValueError as error:
        messages.error(request, str(error))
        return None
    if not found:
        messages.error(request, "Nothing was kept by that day.")
        return None
    if address in (there := names(found)):
        return redirect("capture-file", found.name, there[address])
    seen = found.seen.get(address)
    status = f": it was answered with {seen['status']}" if seen else ""
    at = timezone.localtime(found.moment)
    messages.error(
        request, f"{address} showed no page on {at:%B} {at.day}, {at.year}{status}."
    )
    return None


def _capture(name: str) -> Manifest:
    if name not in store.names():
        raise Http404
    return manifest.read(name)


def capture_file(request: HttpRequest, capture: str, file: str) -> HttpResponse:
    """A file of a capture, whose links lead to its others, as readers saw it."""
    try:
        found = _capture(capture)
        there = names(found)
        url = {name: url for url, name in there.items()}.get(file)
        if not url:
            raise Http404
        body = content(found, url, there)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("captures")
    response = HttpResponse(body, content_type=kind_of(found.seen[url]))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def capture_proof(request: HttpRequest, capture: str) -> FileResponse | HttpResponse:
    """The zip with which a third party checks a capture without us."""
    if not is_attorney(user_of(request)):
        raise PermissionDenied
    if capture not in store.names():
        raise Http404
    # Not in /tmp, which may be memory.
    pack = tempfile.TemporaryFile(dir=settings.VAR_DIR)  # noqa: SIM115 - FileResponse closes it
    try:
        proof.write(pack, manifest.read(capture))
        pack.seek(0)
    except (ValueError, OSError) as error:
        with suppress(OSError):  # what a full disk did not take is tried again
            pack.close()
        why = (
            f"The pack was not written: {error.strerror}."
            if isinstance(error, OSError)
            else str(error)
        )
        messages.error(request, why)
        return redirect("captures")
    name = f"proof-{capture.partition('.')[0]}.zip"
    return FileResponse(pack, as_attachment=True, filename=name)
