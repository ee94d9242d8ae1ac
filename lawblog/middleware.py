"""Headers of every response beside those of django-csp and SecurityMiddleware, and the
requests that no part of the site answers."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import takewhile
from pathlib import Path

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.apps import apps
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.paginator import Paginator
from django.db import DataError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from whitenoise.middleware import WhiteNoiseMiddleware

from lawblog.people import sessions
from lawblog.people.rate_limit import HeldBack
from lawblog.people.sign_in import held_back
from lawblog.site.page_language import language_of, path_to, use_language

logger = logging.getLogger(__name__)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"

ADMIN = "django.contrib.admin."
LARGEST = 2**63 - 1  # of the numbers of rows
# Who puts words into look-ups: the admin, and the apps that stand in this folder.
_APPS = [
    a.name for a in apps.get_app_configs() if Path(a.path).parent == settings.BASE_DIR
]
ASKERS = (ADMIN, *(f"{name}." for name in _APPS))

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the admin site's."""
    return request.path.startswith(path_to(settings.LANGUAGE_CODE, "admin:index"))


def headers(get_response: GetResponse) -> GetResponse:
    """Sets the headers that depend on whether the desk or a reader is answered."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        # Otherwise a browser may look up the host of a link before it is followed.
        response.headers["X-DNS-Prefetch-Control"] = "off"
        kind = response.headers.get("Content-Type", "")
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        # Others may show our pictures: previews of links, programs that read feeds.
        shared = "cross-origin" if kind.startswith("image/") else "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = shared
        if is_desk(request):
            # Django's forms are refused without the Origin that "no-referrer" hides.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers.setdefault("Cache-Control", "no-store")
        else:
            _set_for_readers(response, request)
        return response

    return middleware


def _set_for_readers(response: HttpResponseBase, request: HttpRequest) -> None:
    response.headers.setdefault("Cache-Control", "no-cache")
    # A withdrawal makes the newest date *older*, so only the ETag tells whether a copy
    # is still what we publish.
    response.headers.pop("Last-Modified", None)
    kind = response.headers.get("Content-Type", "")
    if settings.ONION_URL and kind.startswith("text/html"):
        onion = f"{settings.ONION_URL}{request.get_full_path()}"
        response.headers["Onion-Location"] = onion


def language(get_response: GetResponse) -> GetResponse:
    """Sets the language that the address names. One address is one page, while Django's
    own middleware would also look at a cookie and at what the browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        code = language_of(request.path_info)
        with use_language(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


class Policy(CSPMiddleware):
    """django-csp, which writes the policy anew for each response. All of ours carry the
    same one, except those with the editor."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.everywhere = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or hasattr(response, "_csp_replace"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.everywhere)
        return response


class StaticFiles(WhiteNoiseMiddleware):
    """Answers methods as they were sent, where Django takes "get" for a GET."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_plain = request.META["REQUEST_METHOD"] in ("GET", "HEAD")
        answer = super().__call__ if is_plain else self.get_response
        response: HttpResponseBase = answer(request)
        return response


class DeskOnly(MiddlewareMixin):
    """A reader's request has no session, no user and no messages. An address of a
    picture has: the desk also sees the pictures that no public page shows."""

    def __call__(
        self, request: HttpRequest
    ) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if is_desk(request) or request.path.startswith(settings.MEDIA_URL):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(DeskOnly, SessionMiddleware):
    pass


class Users(DeskOnly, AuthenticationMiddleware):
    """Whoever lacks the second factor in this session is nobody to every page but those
    that ask for it."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(sessions.person, request))  # type: ignore[assignment]


class Messages(DeskOnly, MessageMiddleware):
    pass


class Refuse:
    """Turns away what no part of the site can answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The public site takes no data, whatever a view would do with it.
        allowed = ["GET", "HEAD", "POST"] if is_desk(request) else ["GET", "HEAD"]
        # As it was sent: Django takes "get" for a GET.
        if request.META["REQUEST_METHOD"] not in allowed:
            return HttpResponseNotAllowed(allowed)
        # PostgreSQL raises on a NUL, and no honest address or cookie holds one.
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
        if any(isinstance(n, int) and n > LARGEST for n in named.values()):
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
    """Whether Django's admin put the words of an address or form straight into a
    look-up, and the database cannot even look for them. Nothing of it was saved: each
    form is one transaction. Anything else is a fault of ours, and shown as one."""
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
