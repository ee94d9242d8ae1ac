"""A picture of an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A picture of an article. `path` stands for it in the body until it is stored.

    address: where it can be fetched, "" if it can only come from the file;
    data: its bytes, if the file holds them.
    """

    path: str
    address: str
    alt: str = ""
    data: bytes | None = None
