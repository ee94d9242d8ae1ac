"""Stored pictures for readers, and their upload from the editor."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.views.decorators.http import etag, require_POST

from lawblog.pagecache import not_kept

from .pictures import digest_of, is_shown, storage_errors, store

# As pictures.store() names them.
PICTURE = (
    r"pictures/[0-9a-f]{32}-\d{1,4}x\d{1,4}(?:-\d{1,4}\.(?:avif|webp)|\.(?:jpg|png))"
)


# A browser that was shown a picture keeps it for a day. What stands between asks us
# each time, so that a withdrawn article's pictures are gone from there at once.
FOR_READERS = "public, max-age=86400, s-maxage=0"


def shown_as(request, name):
    """The ETag of a picture that a public page shows, or None: its name holds its
    content's hash, so that it never changes."""
    return f'"{name}"' if is_shown(digest_of(name)) else None


@not_kept
@etag(shown_as)
def media(request, name):
    """A stored picture: for readers while a page shows it, for the desk always."""
    shown = is_shown(digest_of(name))
    # `user` is asked for only here: readers' pictures need no session.
    if not shown and not request.user.is_staff:
        raise Http404
    return picture(name, FOR_READERS if shown else "no-store")


def picture(name, cache_control):
    """The stored picture's file."""
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
@permission_required("posts.change_post", raise_exception=True)
def upload(request):
    """A picture from the editor, answered in the JSON that CKEditor 4 expects."""
    try:
        url, width, height = store(request.FILES.get("upload"))
    except ValidationError as error:
        return JsonResponse({"uploaded": 0, "error": {"message": error.message}})
    name = url.rsplit("/", 1)[-1]
    return JsonResponse(
        {"uploaded": 1, "fileName": name, "url": url, "width": width, "height": height}
    )
