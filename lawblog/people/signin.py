"""Signing in at the desk: guessing is limited, and guessers lock nobody out for long.

Counted are wrong passwords by account name (hashed) and overall; no visitor's address
is known here. A browser that signed in before carries a cookie that says so, and has
a count of its own: while somebody guesses, the attorney still gets in from there.
"""

import secrets

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.core.cache import caches
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
    def clean(self):
        name = self.cleaned_data.get("username")
        counted = counters(self.request, name) if name else []
        # Before the password is looked at: many guesses at once are counted too.
        if any(in_cache(count, key) > limit for key, limit in counted):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        cleaned = super().clean()
        if counted:
            # It was no guess: nobody is held back by an earlier slip.
            in_cache(forget, counted[-1][0])
        return cleaned


admin.site.login_form = SignInForm


def counters(request, name):
    """[(key, how many in WINDOW)], the one for all first, so that made-up names
    cannot fill the memory."""
    if known := known_browser(request, name):
        return [(f"sign-in-browser-{known}", BY_NAME)]
    return [
        ("sign-in-overall", OVERALL),
        (f"sign-in-name-{hashed(name)}", BY_NAME),
    ]


def in_cache(function, key):
    """function(cache, key) with Redis, or with this process's memory while Redis is
    away."""
    try:
        return function(caches["default"], key)
    except redis.errors():
        return function(caches["local"], key)


def count(cache, key):
    """Counts one attempt; how many there were within WINDOW."""
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two
        return 1


def forget(cache, key):
    cache.delete(key)


def hashed(name):
    # What is typed as a name is now and then a password.
    return salted_hmac("sign-in", name.casefold()).hexdigest()[:32]


def known_browser(request, name):
    """The number of a browser in which this account signed in before, or None."""
    try:
        cookie = request.COOKIES.get(COOKIE, "")
        account, number = signing.loads(cookie, salt=COOKIE, max_age=COOKIE_AGE)
    except (signing.BadSignature, ValueError):
        return None
    return number if account == hashed(name) else None


def sign_in(request):
    """The admin's own page, with a cookie for a browser that was let in."""
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
