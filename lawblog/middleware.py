"""What every answer carries beside django-csp's and SecurityMiddleware's headers, and
what no part of the site answers at all."""

from django.http import HttpResponseBadRequest, HttpResponseNotAllowed
from django.urls import reverse

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"


def is_desk(request):
    return request.path.startswith(reverse("admin:index"))


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
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


def refuse(get_response):
    def middleware(request):
        if not is_desk(request) and request.method not in ("GET", "HEAD"):
            # The public site takes no data, whatever a view would do with it.
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL raises on a NUL, and no honest address holds one.
            return HttpResponseBadRequest(
                "This address holds a character that no page has. Check the link.",
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware
