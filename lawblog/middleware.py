"""Headers that django-csp and SecurityMiddleware do not set, and refused addresses."""

from django.http import HttpResponseBadRequest
from django.urls import reverse

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"


def refuse_nul_bytes(get_response):
    """PostgreSQL raises on a NUL, and no honest address holds one."""

    def middleware(request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "This address holds a character that no page has. Check the link.",
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        if request.path.startswith(reverse("admin:index")):
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers.setdefault("Cache-Control", "no-store")
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
            # A withdrawal makes the newest date *older*: only the ETag is
            # right about whether a kept copy is still what we publish.
            response.headers.pop("Last-Modified", None)
        return response

    return middleware
