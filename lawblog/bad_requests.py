"""Requests that are refused before any view sees them, and those that none can read:
whoever made them up gets a page in the language of the address."""

import logging
import traceback
from itertools import takewhile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.paginator import Paginator
from django.db import DataError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_noop

from lawblog.middleware import GetResponse, is_desk
from lawblog.people.rate_limit import HeldBack
from lawblog.people.sign_in import held_back
from lawblog.site.page_language import gettext, language_of, use_language

logger = logging.getLogger(__name__)
NO_SUCH_CHARACTER = gettext_noop(
    "This address holds a character that no page has. Check the link."
)
ADMIN = "django.contrib.admin."
MAX_ROW_NUMBER = 2**63 - 1  # of the numbers of rows
# Who puts words into look-ups: the admin, and the apps that stand in this folder.
_APPS = [
    a.name for a in apps.get_app_configs() if Path(a.path).parent == settings.BASE_DIR
]
ASKERS = (ADMIN, *(f"{name}." for name in _APPS))


class Refuse:
    """The middleware that refuses them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The public site takes no data, whatever a view might do with it.
        allowed = ["GET", "HEAD", "POST"] if is_desk(request) else ["GET", "HEAD"]
        # As it was sent: Django takes "get" for a GET.
        if request.META["REQUEST_METHOD"] not in allowed:
            return HttpResponseNotAllowed(allowed)
        if not (request.META.get("CONTENT_LENGTH") or "0").isdecimal():
            return refusal(request)
        # PostgreSQL raises on NUL, which no honest address or cookie holds.
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal(request, NO_SUCH_CHARACTER)
        # Too many parameters are refused here, once, wherever they would be read.
        names = request.GET.keys()
        if is_desk(request) and any(name.endswith("regex") for name in names):
            # SQLite raises on what is not a pattern, and some patterns take for ever.
            return refusal(request, "No list is narrowed by a pattern.")
        for name in [name for name, v in request.COOKIES.items() if "\x00" in v]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, named: dict[str, object]
    ) -> None:
        # SQLite raises on a number that no row can have.
        if any(isinstance(n, int) and n > MAX_ROW_NUMBER for n in named.values()):
            raise Http404

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, HeldBack):
            return held_back(request, exception)
        if is_desk(request) and is_made_up_look_up(exception):
            # Not the message, which repeats what was typed.
            *_, last = traceback.extract_tb(exception.__traceback__)
            page = request.resolver_match and request.resolver_match.view_name
            kind = type(exception).__name__
            logger.error(
                "Refused: %s, %s at %s", page, kind, f"{last.name}:{last.lineno}"
            )
            return refusal(request, "This asks for something that cannot be.")
        return None


def is_made_up_look_up(exception: Exception) -> bool:
    """Whether Django's admin passed a made-up value from an address or form to a
    look-up that the database cannot run. Nothing was saved, as each form is one
    transaction. Any other error is a bug of ours, and shown as one."""
    if not isinstance(exception, (ValueError, OverflowError, DataError)):
        return False
    names = [
        f"{frame.f_globals.get('__name__', '')}."
        for frame, _ in traceback.walk_tb(exception.__traceback__)
        # The admin counts a list by a paginator of ours.
        if not isinstance(frame.f_locals.get("self"), Paginator)
    ]
    # Below the database's driver stands what of ours listens to each statement.
    above = takewhile(lambda name: not name.startswith("django.db.backends."), names)
    asking = [name for name in above if name.startswith(ASKERS)]
    if not asking or not asking[-1].startswith(ADMIN):
        return False
    below = takewhile(lambda name: not name.startswith(ADMIN), reversed(names))
    return any(name.startswith("django.db.") for name in below)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: of what Django cannot read, or will not."""
    is_large = isinstance(exception, (RequestDataTooBig, TooManyFilesSent))
    return refusal(request, status=413 if is_large else 400)


def refusal(
    request: HttpRequest, sentence: str = "", *, status: int = 400
) -> HttpResponse:
    """The page, made without a database. sentence: in English, what is wrong. At the
    desk it leads to the same page, without what was asked of it."""
    context: dict[str, object]
    if is_desk(request):
        path = "" if "\x00" in request.path else escape_uri_path(request.path)
        context = {"sentence": sentence, "path": path}
        page = render_to_string("admin/bad_request.html", context)
        return HttpResponse(page, status=status)
    with use_language(language_of(request.path)):
        context = {"sentence": gettext(sentence) if sentence else ""}
        return HttpResponse(render_to_string("400.html", context), status=status)
