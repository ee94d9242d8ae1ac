"""What the desk does not read from strangers; gate.py stands before it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.urls import reverse

from lawblog.middleware import GetResponse, is_desk

# Bytes: any form of signing in, and nothing that Django would put on the disk.
MOST_OF_STRANGERS = 64 * 1024


def unread(get_response: GetResponse) -> GetResponse:
    """Who is not signed in may send a form, and nothing that would be put on the disk.
    A file or a long text is not read: whoever sent it is asked to sign in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if (
            is_desk(request)
            and int(length) > MOST_OF_STRANGERS
            and not request.user.is_authenticated
        ):
            if request.path == reverse("upload"):
                return HttpResponseForbidden("Sign in first.")
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return get_response(request)

    return middleware
