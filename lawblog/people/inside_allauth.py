"""The only module that uses private parts of allauth: `check` fails (lawblog.E007) with
a version in which these were not examined."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

EXAMINED = ("65.22.1", "65.19.7")

__all__ = [
    "LOGIN_SESSION_KEY",
    "TOTP",
    "RecoveryCodes",
    "authentication_records",
    "clear_login",
    "format_hotp_value",
    "hotp_value",
    "perform_login",
    "record_authentication",
]


def authentication_records(
    request: HttpRequest, user: AbstractUser
) -> list[dict[str, Any]]:
    """How this session's account was shown to be the user's: {"method": "password" or
    "mfa", "at": seconds since 1970, "type", "reauthenticated"…}, oldest first. allauth
    for Python 3.10 does not note whose they are; then they are the session's own."""
    whose = request.session.get("account_authentication_methods_user", str(user.pk))
    records = request.session.get("account_authentication_methods")
    if whose != str(user.pk) or not isinstance(records, list):
        return []
    return records
