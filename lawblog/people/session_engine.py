"""Django's sessions in the database, each with whose it is: settings.SESSION_ENGINE."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from .models import DeskSession

SIGNED_IN_AT = "signed_in_at"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        row = cast(DeskSession, super().create_model_instance(data))
        account, since = data.get(SESSION_KEY), data.get(SIGNED_IN_AT)
        row.account_id = int(account) if account else None
        row.signed_in_at = datetime.fromisoformat(since) if since else None
        return row
