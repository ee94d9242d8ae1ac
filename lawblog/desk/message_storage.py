"""What the desk says after a press ("Saved."), until the next page shows it."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from lawblog.people.sealing import CannotOpen, open_sealed, seal


# The stubs lack what is extended here.
class SealedCookie(CookieStorage):
    """Django's, sealed: the browser sends it with what it reads of the site, too."""

    cookie_name = "__Host-messages" if settings.HTTPS else "messages"

    def _encode_parts(self, messages: list[str], encode_empty: bool = False) -> Any:
        signed = super()._encode_parts(messages, encode_empty)  # type: ignore[misc]
        return seal(signed) if signed else signed

    def _decode(self, data: str | None) -> Any:
        try:
            signed = open_sealed(data) if data else data
        except CannotOpen:
            return None
        return super()._decode(signed)  # type: ignore[misc]


class MessageStorage(FallbackStorage):
    """In a cookie, since a page that is only opened writes nothing to the database; in
    the session, what is too long for one."""

    storage_classes = (SealedCookie, SessionStorage)
