"""A cookie marks browsers in which an account signed in before."""

import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.urls import reverse

# A cookie with a path cannot be "__Host-".
COOKIE = ("__Secure-" if settings.HTTPS else "") + "signed_in_before"
COOKIE_SECONDS = 365 * 24 * 60 * 60
# So many people of one browser are remembered, those who signed in last.
MAX_ACCOUNTS = 10
# Of what the cookie says: [[account, number of the browser], …].
SALT = "signed_in_before"


def browser_number(request: HttpRequest, account: int | None) -> str | None:
    """The number of this browser if the account signed in here before, or None."""
    return accounts_seen(request).get(account or 0)


def somebody_signed_in_before(cookies: str) -> bool:
    """Whether a request's cookies, as its header has them, say so."""
    return bool(_read(parse_cookie(cookies).get(COOKIE, "")))


def accounts_seen(request: HttpRequest) -> dict[int, str]:
    """{account: number} of everybody who signed in here, the last one at the end."""
    return _read(request.COOKIES.get(COOKIE, ""))


def _read(cookie: str) -> dict[int, str]:
    try:
        pairs = signing.loads(cookie, salt=SALT, max_age=COOKIE_SECONDS)
        return {int(account): str(number) for account, number in pairs}
    except (signing.BadSignature, TypeError, ValueError):
        return {}


def remember_account(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Beside whoever else signs in at this computer."""
    others = [pair for pair in accounts_seen(request).items() if pair[0] != user.pk]
    pairs = [*others, (user.pk, secrets.token_urlsafe(12))]
    response.set_cookie(
        COOKIE,
        signing.dumps(pairs[-MAX_ACCOUNTS:], salt=SALT),
        max_age=COOKIE_SECONDS,
        path=reverse("admin:index"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
