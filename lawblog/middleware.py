"""What every answer carries beside django-csp's and SecurityMiddleware's headers, and
what no part of the site answers at all."""

import logging
import traceback

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DataError
from django.http import HttpResponseBadRequest, HttpResponseNotAllowed

from lawblog.site.languages import language_of, path_to, use_language

logger = logging.getLogger(__name__)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"


def is_desk(request):
    return request.path.startswith(path_to(settings.LANGUAGE_CODE, "admin:index"))


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        # Else a browser may ask for the address of a host before a link is followed.
        response.headers["X-DNS-Prefetch-Control"] = "off"
        if is_desk(request):
            # Django's forms are refused without the Origin that "no-referrer" hides.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers.setdefault("Cache-Control", "no-store")
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
            # A withdrawal makes the newest date *older*: only the ETag is
            # right about whether a kept copy is still what we publish.
            response.headers.pop("Last-Modified", None)
        return response

    return middleware


def language(get_response):
    """The language that the address names. Django's own middleware would also look at
    a cookie and at what the browser asks for: one address, one page."""

    def middleware(request):
        code = language_of(request.path_info)
        with use_language(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


class Policy(CSPMiddleware):
    """django-csp writes the policy anew for each answer; all of ours but those with the
    editor carry the same."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.everywhere = build_policy()

    def process_response(self, request, response):
        if settings.DEBUG or hasattr(response, "_csp_replace"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.everywhere)
        return response


class DeskOnly:
    """For readers there is neither a session, nor somebody signed in, nor messages.
    Pictures are sent to readers and, those that no public page shows, to the desk."""

    def __call__(self, request):
        if is_desk(request) or request.path.startswith(settings.MEDIA_URL):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(DeskOnly, SessionMiddleware):
    pass


class Users(DeskOnly, AuthenticationMiddleware):
    pass


class Messages(DeskOnly, MessageMiddleware):
    pass


class Refuse:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_desk(request) and request.method not in ("GET", "HEAD"):
            # The public site takes no data, whatever a view would do with it.
            return HttpResponseNotAllowed(["GET", "HEAD"])
        # PostgreSQL raises on a NUL, and no honest address or cookie holds one.
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal("This address holds a character that no page has.")
        for name in [name for name, v in request.COOKIES.items() if "\x00" in v]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_exception(self, request, exception):
        # Django's admin puts what a made-up address or form says straight into a
        # look-up. Nothing of it was saved: each form is one transaction.
        made_up = isinstance(exception, (ValueError, OverflowError, DataError))
        if made_up and is_desk(request):
            # Not the message, which repeats what was typed.
            *_, last = traceback.extract_tb(exception.__traceback__)
            page = request.resolver_match and request.resolver_match.view_name
            kind = type(exception).__name__
            logger.error(
                "Refused: %s, %s at %s", page, kind, f"{last.name}:{last.lineno}"
            )
            return refusal("This asks for something that cannot be.")
        return None


def refusal(sentence):
    return HttpResponseBadRequest(
        f"{sentence} Check the link.", content_type="text/plain; charset=utf-8"
    )
