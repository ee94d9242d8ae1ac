"""Cleans what is pasted into the editor, as everything that is saved is cleaned."""

import base64
import binascii
import re
from html import unescape

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lawblog.html.cleaning import cleaned
from lawblog.media.names import MEDIA_URL
from lawblog.media.pictures import store
from lawblog.media.views import may_upload

MAX_PICTURES = 30  # pictures of one paste
_EMBEDDED = re.compile(
    r'(?<=src=")data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]+)(?=")'
)


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Answers {"html": what is kept, "said": sentences on what was left out} to the
    clipboard's HTML (`html`). Pictures in it are stored."""
    if not may_upload(request.user):
        raise PermissionDenied
    html, said = with_pictures(request.POST.get("html", ""))
    # Copied from another tab of this site, pictures have absolute addresses.
    own = re.escape(f"{request.scheme}://{request.get_host()}")
    html = re.sub(rf'(?<=src="){own}(?={MEDIA_URL})', "", html)
    result = cleaned(html)
    return JsonResponse({"html": result.html, "said": [*said, *result.remarks]})


def with_pictures(html: str) -> tuple[str, list[str]]:
    """(the HTML with its embedded pictures stored, remarks). A picture that cannot be
    stored stays as it is, so that the cleaner leaves it out and says so."""
    said: list[str] = []
    count = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        try:
            if count > MAX_PICTURES:
                raise ValidationError(
                    f"More than {MAX_PICTURES} pictures were pasted at once."
                )
            data = base64.b64decode(unescape(match[1]))
            kept = store(SimpleUploadedFile("pasted", data))
        except (ValidationError, binascii.Error) as error:
            said.extend(getattr(error, "messages", []))
            return match[0]
        said.extend(filter(None, [kept.remark]))
        return kept.url

    html = _EMBEDDED.sub(keep, html)
    return html, list(dict.fromkeys(said))
