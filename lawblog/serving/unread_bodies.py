"""Large requests that the desk does not read from strangers; gate.py comes before
it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.urls import reverse

from lawblog.middleware import GetResponse, is_desk

# Bytes: enough for every form of the sign-in, and less than Django would put on the
# disk.
MAX_STRANGERS_BYTES = 64 * 1024


def unread(get_response: GetResponse) -> GetResponse:
    """Middleware. Visitors who are not signed in may send a short form only: a file or
    a long text is not read, and they are asked to sign in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if (
            is_desk(request)
            and int(length) > MAX_STRANGERS_BYTES
            and not request.user.is_authenticated
        ):
            if request.path == reverse("upload"):
                return HttpResponseForbidden("Sign in first.")
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return get_response(request)

    return middleware
