"""Remembers how to reach the firm, for pages that are shown while the database is
away."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from lawblog.atomic_files import write_atomically


class Phone(NamedTuple):
    """Of an office: its name, the number as it is written and as it is dialled."""

    office: str
    number: str
    dial: str


class Contact(NamedTuple):
    firm: str = ""
    phones: tuple[Phone, ...] = ()


_ask: list[Callable[[], Contact]] = []
_last: Contact | None = None


def register_contact(function: Callable[[], Contact]) -> None:
    """Registers what tells the contact."""
    _ask.append(function)


def remember_contact() -> None:
    """To be called when a page was made: what the contact is costs nothing then. Also
    kept in a file, for workers that start while the database is away."""
    global _last
    if (contact := current_contact()) != _last:
        _last = contact
        # Where nothing can be written, the change flag has said so.
        with suppress(OSError):
            write_atomically(_file(), [json.dumps(contact).encode()])


def current_contact() -> Contact:
    """The contact as it is now."""
    return _ask[0]() if _ask else Contact()


def last_known_contact() -> Contact:
    """The contact when the database was last seen; an empty one if it never was."""
    global _last
    if _last is None:
        try:
            firm, phones = json.loads(_file().read_text())
            _last = Contact(firm, tuple(Phone(*phone) for phone in phones))
        except (OSError, ValueError, TypeError):
            return Contact()
    return _last


def _file() -> Path:
    return Path(settings.VAR_DIR) / "contact.json"
