"""The results of the grammar, and the types that its parts share."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Citation:
    """An authority named in a text. kind: one of keys.KINDS; key: see keys.py; label:
    in plain signs, "8 USC 1357(g)"; start, end: the place in the text as it was given,
    of one item of a list. What a range leaves unsaid stands where the range ends."""

    kind: str
    key: str
    label: str
    start: int
    end: int


class Item(NamedTuple):
    """One key and its place in the plain text."""

    key: str
    start: int
    end: int


class Group(NamedTuple):
    """One citation with all that is listed in it. Two groups never share a character:
    of two that would, the one that begins first stands."""

    start: int
    end: int
    items: list[Item]


def alone(key: str, start: int, end: int) -> Group:
    """A citation that is not a list."""
    return Group(start, end, [Item(key, start, end)])
