"""What the desk says after a button was pressed ("Saved."), until the next page shows
it."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from lawblog.people.sealing import CannotOpen, open_sealed, seal


# The stubs lack what is extended here.
class SealedCookie(CookieStorage):
    """Django's, encrypted, since the browser sends it along to public pages, too."""

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
    """In a cookie, since opening a page writes nothing to the database; in the session
    if it is too long for a cookie."""

    storage_classes = (SealedCookie, SessionStorage)
