"""Signing in as a browser does, with and without a second factor."""

import time

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from lawblog.people import rate_limit
from lawblog.people.inside_allauth import TOTP, RecoveryCodes, hotp_value

LOGIN = "/admin/login/"
SHOW = "/admin/account/second-factor/show/"
AGAIN = "/admin/account/again/"
# Base 32, as an app is told it.
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105
PASSWORD = "correct horse"  # noqa: S105


def the_owner() -> User:
    """The first account, with a full name and PASSWORD."""
    user = User.objects.get(is_superuser=True)
    user.first_name, user.last_name = "Olive", "Example"
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(user: User, client: Client | None = None) -> Client:
    """A client in which this person is signed in with a second factor, which they have
    from now on; whatever a page may ask for besides was shown just now."""
    client = client or Client()
    if not Authenticator.objects.filter(user=user).exists():
        give_app(user)
    client.force_login(user)
    shown(client, user, "mfa", type="totp")
    return client


def shown(client: Client, user: User, method: str, **more: object) -> None:
    """Note in the client's session that the person showed this again just now."""
    session = client.session
    told = {"method": method, "at": time.time(), "reauthenticated": True, **more}
    session["account_authentication_methods"] = [told]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def copied(client: Client) -> Client:
    """The client's session as it is now, in a thief's browser."""
    thief, key = Client(), client.session.session_key
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    return thief


def give_app(user: User) -> Authenticator:
    factor = TOTP.activate(user, SECRET).instance
    RecoveryCodes.activate(user)
    return factor


def code(steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return f"{hotp_value(SECRET, int(time.time()) // 30 + steps):06}"


def attempt(client: Client, password: str = PASSWORD, name: str = "anna"):
    return client.post(LOGIN, {"login": name, "password": password})


def guess(client: Client, times: int, clock, name: str = "anna") -> None:
    """Wrong passwords, each as early as the rate limit allows."""
    for number in range(1, times + 1):
        assert attempt(client, "wrong", name).status_code == 200
        clock.shift(rate_limit.PAUSES.get(number, 0))
