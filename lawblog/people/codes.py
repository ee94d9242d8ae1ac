"""Authenticator and recovery codes: each works once; why a code is wrong."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from . import rate_limit
from .inside_allauth import TOTP, RecoveryCodes, format_hotp_value, hotp_value

STEP_SECONDS = 30  # for which an app shows a code
# Steps: clocks that are off by up to 14 minutes are recognised. No longer than the
# rate limit remembers (rate_limit.WINDOW_SECONDS) that such a code is spent.
MAX_STEPS_OFF = 28
USED = "That code was used already, and each works once. Wait for the next one."
USED_RECOVERY = (
    "That recovery code was used already: each works once. Take another one, and cross "
    "this one out."
)


def first_use(user: User, code: str) -> bool:
    """An app's code stays right for a minute and a half: whoever saw it typed must not
    use it again, at no worker. (Recovery codes are marked in their own row.)"""
    return rate_limit.first_time(f"code {digits(code)} of account {user.pk}")


def digits(code: str) -> str:
    """The letters and digits of a code, however it was spaced."""
    return "".join(sign for sign in code if sign.isascii() and sign.isalnum())


def why_not(user: User, code: str) -> str:
    """A sentence on why a code of this account is not right, where it can be told."""
    for factor in Authenticator.objects.filter(user=user):
        found = factor.wrap()
        try:
            if isinstance(found, RecoveryCodes) and _is_used(found, code):
                return USED_RECOVERY
            if isinstance(found, TOTP) and (why := _clock(found, code)):
                # Whoever guessed it has been told that it will be right: it is spent.
                first_use(user, code)
                return why
        except ValidationError as error:  # sealed with a key that is gone
            return str(error.messages[0])
    return ""


def _is_used(found: RecoveryCodes, code: str) -> bool:
    return digits(code) in set(found.generate_codes()) - set(found.get_unused_codes())


def _clock(found: TOTP, code: str) -> str:
    return clock_is_off(get_adapter().decrypt(found.instance.data["secret"]), code)


def clock_is_off(secret: str, code: str) -> str:
    """A sentence if the code is one of the minutes before or after now, else ""."""
    now = int(time.time()) // STEP_SECONDS
    for step in range(-MAX_STEPS_OFF, MAX_STEPS_OFF + 1):
        if format_hotp_value(hotp_value(secret, now + step)) == digits(code):
            minutes = max(1, round(abs(step) * STEP_SECONDS / 60))
            unit = "minute" if minutes == 1 else "minutes"
            side = "ahead" if step > 0 else "behind"
            return (
                f"The clock of your phone is about {minutes} {unit} {side}. Set it to "
                "automatic time, then type the code that the app shows."
            )
    return ""
