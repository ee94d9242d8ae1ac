"""A browser in which an account signed in before carries a cookie that says so."""

import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# A cookie with a path cannot be "__Host-".
COOKIE = ("__Secure-" if settings.HTTPS else "") + "signed_in_before"
AGE = 365 * 24 * 60 * 60
# Of what the cookie says: account and number.
SALT = "signed_in_before"


def known(request: HttpRequest, account: int | None) -> str | None:
    """The number of this browser if the account signed in here before, or None."""
    try:
        cookie = request.COOKIES.get(COOKIE, "")
        owner, number = signing.loads(cookie, salt=SALT, max_age=AGE)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return str(number) if account and owner == account else None


def remember(response: HttpResponse, user: User) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps([user.pk, secrets.token_urlsafe(12)], salt=SALT),
        max_age=AGE,
        path=reverse("admin:index"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
