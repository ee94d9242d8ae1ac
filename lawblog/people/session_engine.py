"""Django's sessions in the database, each with whose it is: settings.SESSION_ENGINE.

Encrypted with the site's key, since they also hold the secret of an app that is being
set up and requests that wait for a password.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.http import base36_to_int

from .inside_allauth import LOGIN_SESSION_KEY
from .models import DeskSession
from .sealing import CannotOpen, open_sealed, seal

SIGNED_IN_AT = "signed_in_at"


def begun_by(number: str | None) -> int | None:
    """The account that allauth names in base 36."""
    return base36_to_int(number) if number else None


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        row = cast(DeskSession, super().create_model_instance(data))
        # Also of somebody who has shown the password and not yet the second factor:
        # what ends an account's sessions ends that.
        begun = data.get(LOGIN_SESSION_KEY) or {}
        account, since = data.get(SESSION_KEY), data.get(SIGNED_IN_AT)
        row.account_id = int(account) if account else begun_by(begun.get("user_pk"))
        row.signed_in_at = datetime.fromisoformat(since) if since else None
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(super().encode(session_dict))

    def decode(self, session_data: Any) -> dict[str, Any]:
        try:
            return super().decode(open_sealed(session_data))
        except CannotOpen:
            return {}
