"""Signing in at the desk: guessing is limited, and guessers lock nobody out for long.

Wrong passwords are counted by account name (hashed) and overall; visitors' addresses
are never looked at. A browser that signed in before carries a cookie that says so, and
has a count of its own: while somebody guesses, the attorney still gets in from there.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from lawblog.pagecache import redis

WINDOW = 15 * 60  # seconds
BY_NAME, OVERALL = 10, 100
COOKIE, COOKIE_AGE = "signed_in_before", 365 * 24 * 60 * 60
TOO_MANY = (
    "Too many attempts to sign in. Wait a quarter of an hour, then try again; a "
    "browser in which you signed in before may still be let in."
)


class SignInForm(AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        counted = counters(self.request, name) if name else []
        # Counted before the password is checked, so that guesses made at the same
        # moment are counted too.
        if any(in_cache(count, key) > limit for key, limit in counted):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        cleaned = super().clean()
        if counted:
            # The password was right: earlier slips no longer hold anybody back.
            in_cache(forget, counted[-1][0])
        return cleaned


admin.site.login_form = SignInForm


def counters(request: HttpRequest | None, name: str) -> list[tuple[str, int]]:
    """[(key, how many are allowed within WINDOW)]; the overall count comes first, so
    that made-up names cannot fill the memory."""
    if known := known_browser(request, name):
        return [(f"sign-in-browser-{known}", BY_NAME)]
    return [
        ("sign-in-overall", OVERALL),
        (f"sign-in-name-{hashed(name)}", BY_NAME),
    ]


def in_cache(function: Callable[[BaseCache, str], int], key: str) -> int:
    """function(cache, key) in Redis, or in this process's memory while it is away."""
    try:
        return function(caches["default"], key)
    except redis.errors():
        return function(caches["local"], key)


def count(cache: BaseCache, key: str) -> int:
    """Counts one attempt; how many there were within WINDOW."""
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two calls
        return 1


def forget(cache: BaseCache, key: str) -> int:
    return int(cache.delete(key))


def hashed(name: str) -> str:
    # Now and then somebody types the password where the name goes.
    return salted_hmac("sign-in", name.casefold()).hexdigest()[:32]


def known_browser(request: HttpRequest | None, name: str) -> str | None:
    """The number of a browser in which this account signed in before, or None."""
    if request is None:
        return None
    try:
        cookie = request.COOKIES.get(COOKIE, "")
        account, number = signing.loads(cookie, salt=COOKIE, max_age=COOKIE_AGE)
    except (signing.BadSignature, ValueError):
        return None
    return number if account == hashed(name) else None


def sign_in(request: HttpRequest) -> HttpResponse:
    """Django's own page, with a cookie for a browser that was let in."""
    response = admin.site.login(request)
    if request.method == "POST" and request.user.is_authenticated:
        account = hashed(request.user.get_username())
        response.set_cookie(
            COOKIE,
            signing.dumps([account, secrets.token_urlsafe(12)], salt=COOKIE),
            max_age=COOKIE_AGE,
            path=reverse("admin:login"),
            secure=request.is_secure(),
            httponly=True,
            samesite="Strict",
        )
    return response
