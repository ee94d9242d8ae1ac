"""Runs: words with their bold, links and pictures, to be joined to HTML. Pure.

A mark (bold, a link) that spans several blocks is written in each of them, so that no
inline element ever holds a block.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..serializing import start_tag

# Stands for “&” in text until nh3 has sanitised it, since nh3 takes 4 µs for each
# reference. Input cannot contain this character (characters.py).
AMPERSAND = "\ufdd0"


class Mark:
    """One opened inline element; two are the same only if they are one object."""

    __slots__ = ("end", "start")

    def __init__(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self.start = start_tag(name, attributes or {})
        self.end = f"</{name}>"


Marks = tuple[Mark, ...]


class Run(NamedTuple):
    marks: Marks
    html: str

    @property
    def is_blank(self) -> bool:
        return not self.html.strip()


def escaped(text: str) -> str:
    """Text as HTML, with AMPERSAND for “&”."""
    text = text.replace("&", AMPERSAND)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def joined(runs: Iterable[Run]) -> str:
    """Runs as HTML, each mark opened once for the runs that follow each other."""
    out: list[str] = []
    open_marks: Marks = ()
    for marks, html in runs:
        if marks is not open_marks:
            shared = _shared(open_marks, marks)
            out += [mark.end for mark in reversed(open_marks[shared:])]
            out += [mark.start for mark in marks[shared:]]
            open_marks = marks
        out.append(html)
    out += [mark.end for mark in reversed(open_marks)]
    return "".join(out)


def _shared(one: Marks, other: Marks) -> int:
    number = 0
    for mine, yours in zip(one, other, strict=False):
        if mine is not yours:
            break
        number += 1
    return number
