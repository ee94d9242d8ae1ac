"""A file to be read: its bytes, its text, and the files that lie beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .article import CannotRead, Found, Refusal, Remark
from .encodings import decode
from .names_file import ExportedNames

MB = 1024 * 1024
MAX_BYTES = 50 * MB  # an export of a whole site
MAX_PAGE_BYTES = 5 * MB  # one article without its pictures


@dataclass(frozen=True)
class Upload:
    """name: for people, and with its folders; beside: files of the same archive or
    folder by name, read when they are asked for."""

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """Raises CannotRead if it is not text, or its encoding is in doubt."""
        return decode(self.data)

    @cached_property
    def head(self) -> str:
        """The beginning, in small letters, for telling formats apart; "" for bytes."""
        try:
            return self.text[:20_000].lower().lstrip("\ufeff \t\r\n")
        except CannotRead:
            return ""

    @cached_property
    def json(self) -> Any:
        """What its JSON says; None if it is not JSON, or nested without end."""
        if not self.head.startswith(("{", "[")):
            return None
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None

    @property
    def page(self) -> str:
        """The text of what should be one page; raises CannotRead if it is too long."""
        if len(self.data) > MAX_PAGE_BYTES:
            raise CannotRead(
                f"It is larger than {MAX_PAGE_BYTES // MB} MB. Save only the article’s "
                "page."
            )
        return self.text

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]


Part = Found | ExportedNames | Refusal | Remark
"""What a parser may yield for a part of a file."""


@dataclass(frozen=True)
class Format:
    """A format of files. name: for people; matches: looks at the contents alone;
    read: yields what is in the file, and raises CannotRead if nothing can be read;
    takes: names of files beside it that it reads as well."""

    name: str
    matches: Callable[[Upload], bool]
    read: Callable[[Upload], Iterator[Part]]
    takes: Callable[[Upload], Collection[str]] = lambda upload: ()
