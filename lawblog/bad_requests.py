"""Requests that are refused before any view sees them."""

import logging
import traceback
from itertools import takewhile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.paginator import Paginator
from django.db import DataError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)

from lawblog.middleware import GetResponse, is_desk
from lawblog.people.rate_limit import HeldBack
from lawblog.people.sign_in import held_back

logger = logging.getLogger(__name__)
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
        # PostgreSQL raises on NUL, which no honest address or cookie holds.
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal("This address holds a character that no page has.")
        if is_desk(request) and any(name.endswith("regex") for name in request.GET):
            # SQLite raises on a pattern that is none, and some take it for ever.
            return refusal("No list is narrowed by a pattern.")
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
            return refusal("This asks for something that cannot be.")
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


def refusal(sentence: str) -> HttpResponseBadRequest:
    return HttpResponseBadRequest(
        f"{sentence} Check the link.", content_type="text/plain; charset=utf-8"
    )
