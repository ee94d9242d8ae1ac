"""The 503 pages: one for readers, in their language, and one for the desk."""

import sys
from functools import lru_cache

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    UnreadablePostError,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import defaults

from lawblog.bad_requests import bad_request
from lawblog.desk.not_allowed import sent_fields
from lawblog.media.pictures import AWAY as PICTURE_NOT_KEPT
from lawblog.middleware import is_desk
from lawblog.site.page_language import language_of, use_language

from .contact import Contact, last_known_contact
from .trouble import Trouble, trouble_of

# Seconds after which browsers, crawlers and balancers may come again.
LATER = {Trouble.BUSY: 5, Trouble.OVERTAKEN: 5}
RETRY_SECONDS = 30


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503 in the words of whoever asked, with what a form of the desk had sent."""
    if request.path == reverse("upload"):
        # The editor shows this sentence, and of any other answer only the number.
        error = {"message": PICTURE_NOT_KEPT}
        return JsonResponse({"uploaded": 0, "error": error})
    if is_desk(request):
        page = for_desk(request, trouble)
    else:
        page = for_readers(language_of(request.path), last_known_contact())
    response = HttpResponse(page, status=503)
    response["Retry-After"] = str(LATER.get(trouble, RETRY_SECONDS))
    response["Cache-Control"] = "no-store"
    # Django would log the path of each; the outage itself is in the log, once.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@lru_cache(maxsize=16)
def for_readers(language: str, contact: Contact) -> str:
    """The page, made without a database. Many may ask for it at once."""
    with use_language(language):
        return render_to_string("503.html", {"contact": contact})


def for_desk(request: HttpRequest, trouble: Trouble) -> str:
    """With what a form had sent, to be sent again; but no password and no file, which
    the browser still has a step back."""
    context = {
        "trouble": trouble.value,
        "address": request.get_full_path(),
        "is_form": request.method == "POST",
        "sent": [] if request.FILES else sent_fields(request),
    }
    return render_to_string("admin/unavailable.html", context)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """handler500, called while the exception is handled: also for those that come from
    a middleware, such as a session that cannot be saved. Whoever hangs up in the middle
    of a form is told nothing, and is no fault of ours."""
    error = sys.exc_info()[1]
    if isinstance(error, UnreadablePostError):
        return bad_request(request, error)
    trouble = trouble_of(error)
    return answer(request, trouble) if trouble else defaults.server_error(request)
