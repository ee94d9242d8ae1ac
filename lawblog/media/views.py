"""Stored pictures for readers, and their upload from the editor."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.views.decorators.http import etag, require_POST

from lawblog.pagecache import not_kept

from .names import digest_of
from .pictures import is_shown, storage_errors, store

# A browser keeps a picture for a day. Caches in between ask us each time, so that the
# pictures of a withdrawn article are gone from there at once.
FOR_READERS = "public, max-age=86400, s-maxage=0"

_upload_rights: set[str] = set()


def register_upload_right(right: str) -> None:
    """Lets those who have the right ("app.change_model") upload pictures: one of the
    rights is enough."""
    _upload_rights.add(right)


def may_upload(user: User | AnonymousUser) -> bool:
    """Whether somebody, signed in or not, may upload pictures."""
    return any(map(user.has_perm, _upload_rights))


def etag_of(request: HttpRequest, name: str) -> str | None:
    """The ETag of a picture that a public page shows, or None. The name holds a hash of
    the content, so that it says all."""
    return f'"{name}"' if is_shown(digest_of(name)) else None


@not_kept
@etag(etag_of)
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A stored picture: for readers while a page shows it, for the desk always."""
    shown = is_shown(digest_of(name))
    # Asked last: a reader's picture needs no session.
    if not shown and not request.user.is_staff:
        raise Http404
    return picture(name, FOR_READERS if shown else "no-store")


def picture(name: str, cache_control: str) -> HttpResponseBase:
    """The stored picture's file; 503 while the storage is away."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    except storage_errors():
        return HttpResponse("Pictures are away.", status=503, content_type="text/plain")
    kind = f"image/{name.rsplit('.', 1)[-1].replace('jpg', 'jpeg')}"
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = cache_control
    return response


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A picture from the editor, answered in the JSON that CKEditor 4 expects."""
    if not may_upload(request.user):
        raise PermissionDenied
    try:
        kept = store(request.FILES.get("upload"))
    except ValidationError as error:
        return JsonResponse({"uploaded": 0, "error": {"message": error.message}})
    answer = {"uploaded": 1, "fileName": kept.url.rsplit("/", 1)[-1], "url": kept.url}
    answer |= {"width": kept.width, "height": kept.height}
    # The editor shows it, and takes the picture all the same.
    said = {"error": {"message": kept.remark}} if kept.remark else {}
    return JsonResponse(answer | said)
