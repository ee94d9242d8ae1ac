"""What is used of allauth that it does not promise to keep. Nowhere else: `check` fails
(lawblog.E007) with a version in which these were not looked at."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

EXAMINED = ("65.22.1", "65.19.7")

__all__ = [
    "TOTP",
    "RecoveryCodes",
    "clear_login",
    "format_hotp_value",
    "hotp_value",
    "perform_login",
    "record_authentication",
]
