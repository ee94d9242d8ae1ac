"""Response headers that django-csp and SecurityMiddleware do not set, and those of
Django's middleware that only the desk uses."""

from collections.abc import Awaitable, Callable
from functools import cache, partial

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import (
    HttpRequest,
    HttpResponseBase,
)
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from whitenoise.middleware import WhiteNoiseMiddleware

from lawblog.media import names
from lawblog.people import sessions
from lawblog.site.page_language import language_of, path_to, use_language

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the admin site's."""
    return request.path.startswith(_desk())


@cache
def _desk() -> str:
    return path_to(settings.LANGUAGE_CODE, "admin:index")


def headers(get_response: GetResponse) -> GetResponse:
    """Sets the headers that depend on whether the desk or a reader is answered."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        # Without it, browsers may resolve the hosts of links before they are followed.
        response.headers["X-DNS-Prefetch-Control"] = "off"
        kind = response.headers.get("Content-Type", "")
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        # Link previews and feed readers may show our pictures.
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
    # is current.
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
    """django-csp writes the policy anew for each response, while all of ours carry the
    same one, except pages with the editor."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        # Sorted: otherwise each process has an order of its own, and the same page
        # differs between them.
        self.everywhere = "; ".join(sorted(build_policy().split("; ")))

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or hasattr(response, "_csp_replace"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.everywhere)
        return response


class StaticFiles(WhiteNoiseMiddleware):
    """Takes the method as it was sent, while Django takes "get" for GET."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_plain = request.META["REQUEST_METHOD"] in ("GET", "HEAD")
        answer = super().__call__ if is_plain else self.get_response
        response: HttpResponseBase = answer(request)
        return response


class DeskOnly(MiddlewareMixin):
    """Middleware for the desk only: readers' requests have no session, user or
    messages. Requests for pictures do, since the desk also sees pictures that no public
    page shows."""

    def __call__(
        self, request: HttpRequest
    ) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path.startswith((_desk(), names.MEDIA_URL)):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(DeskOnly, SessionMiddleware):
    pass


class Users(DeskOnly, AuthenticationMiddleware):
    """Without the second factor, a session counts as signed out on all pages but those
    that ask for it."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(sessions.person, request))  # type: ignore[assignment]


class Messages(DeskOnly, MessageMiddleware):
    pass
