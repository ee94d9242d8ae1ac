"""Stored pictures for readers, and their upload from the editor."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lawblog.pagecache import not_kept

from .pictures import storage_errors, store

# As pictures.store() names them.
PICTURE = (
    r"pictures/[0-9a-f]{32}-\d{1,4}x\d{1,4}(?:-\d{1,4}\.(?:avif|webp)|\.(?:jpg|png))"
)


@not_kept
def media(request, name):
    """A stored picture. Its name holds its content's hash, so it never changes."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    except storage_errors():
        return HttpResponse("Pictures are away.", status=503, content_type="text/plain")
    kind = f"image/{name.rsplit('.', 1)[-1].replace('jpg', 'jpeg')}"
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
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
