"""What allauth asks us: who may sign in, how fast, and in which words it answers."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from . import known_browsers, rate_limit, reauthentication, second_factors
from .accounts import find, name_of
from .guess_counting import count_guess
from .sealing import CannotOpen, open_sealed, seal

SIGN_IN_REFUSED = (
    "The name or the password is not right. Check both, and the Caps Lock key."
)
CODE_REFUSED = (
    "That code is not right. Type the six digits that your app shows now, or one of "
    "your recovery codes."
)
# What allauth would say in its own words; what is not here is not said.
OWN_MESSAGES = {
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
}


class Backend(AuthenticationBackend):
    def _authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> User | None:
        person = find(credentials.get("username") or "")
        user: User | None = self._check_password(person, credentials["password"])
        return user


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": SIGN_IN_REFUSED,
        "incorrect_password": "This is not your password. Nothing was changed.",
    }

    def is_safe_url(self, url: str) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # no address at all, like http://[
            return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._counted = count_guess(
            request, "password", credentials.get("username", "")
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user:
            rate_limit.forget(self._counted)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        # Until here it was one of somebody who had only begun to sign in.
        request.session.set_expiry(None)

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_browsers.remember_account(request, response, user)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # reauthentication_required() asks before.
        return not reauthentication.is_fresh(context.request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        message: str | None = None,
        **kwargs: Any,
    ) -> None:
        if said := message or OWN_MESSAGES.get(message_template or ""):
            super().add_message(request, level, message=said)

    def get_client_ip(self, request: HttpRequest) -> str:
        # allauth insists on one; nobody's is looked at.
        return "0.0.0.0"  # noqa: S104 - nothing listens there


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": CODE_REFUSED,
        "cannot_delete_authenticator": (
            "This is your last second factor, and everybody at this desk has one. Set "
            "up another one first, then remove this."
        ),
        "key_changed": (
            "The secret key of this site was changed, and your app's codes cannot be "
            "checked any more. Sign in with a passkey, or have a colleague reset your "
            "second factor under People."
        ),
    }

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": name_of(user)}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return open_sealed(encrypted_text)
        except CannotOpen:
            raise self.validation_error("key_changed") from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factors.may_remove(authenticator)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        error: ValidationError = super().validation_error(code, *args)
        return error
