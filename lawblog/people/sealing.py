"""Encrypts the secrets of second factors in the database with the site's key."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class CannotOpen(Exception):
    """It was sealed with a key that this site no longer has."""


def seal(text: str) -> str:
    return _box(*_keys()).encrypt(text.encode()).decode()


def open_sealed(text: str) -> str:
    """Raises CannotOpen. A key in SECRET_KEY_FALLBACKS opens what it sealed."""
    try:
        return _box(*_keys()).decrypt(text.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@lru_cache(maxsize=4)
def _box(*keys: str) -> MultiFernet:
    boxes = []
    for key in keys:
        derived = salted_hmac("second factors", "", key, algorithm="sha256").digest()
        boxes.append(Fernet(base64.urlsafe_b64encode(derived)))
    return MultiFernet(boxes)
