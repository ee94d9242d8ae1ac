"""Findings for a person to check: what looks wrong, and what could not be imported.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lawblog.html.element import BLOCKS, Element
from lawblog.html.left_out import (
    COMMENT,
    DELETED,
    HIDDEN,
    STRUCK,
    LeftOut,
    sentences,
    shortened,
)

from .article import Finding, Link

_PASSAGES = {
    COMMENT: "A comment was left out.",
    DELETED: "A passage that was marked as deleted was left out.",
    STRUCK: "A struck passage was left out.",
    HIDDEN: "A hidden passage was left out.",
}
_FINISHED = re.compile(r"""[.!?…:)\]]["'”’)\]]*$""")
_VAGUE = set(
    "click here|here|read more|more|learn more|this link|link|see more|haga clic aquí"
    "|haga clic aqui|clic aquí|aquí|aqui|leer más|más|ver más|pulse aquí".split("|")
)
_MOJIBAKE = re.compile(r"Ã[©±³¡\xad­º¼‘“]|â€[™œ“”\x9d˜¦]|Â[ \xa0¿¡§]|ï¿½|\ufffd")


def bold_paragraphs(root: Element) -> Iterator[Finding]:
    for element in root.walk():
        if element.name == "p" and _is_all_bold(element):
            yield Finding("A paragraph all in bold. Is it a heading?", element.text())


def _is_all_bold(element: Element) -> bool:
    inner = [c for c in element.children if isinstance(c, Element) or c.strip()]
    return (
        len(inner) == 1
        and isinstance(inner[0], Element)
        and inner[0].name in ("strong", "b")
        and 0 < len(element.text()) <= 80
    )


def what_was_left_out(left_out: Iterable[LeftOut]) -> Iterator[Finding]:
    others = []
    for one in left_out:
        if one.kind in _PASSAGES:
            yield Finding(_PASSAGES[one.kind], one.what)
        else:
            others.append(one)
    for sentence in sentences(others):
        yield Finding(sentence[:1].upper() + sentence[1:])


def doubts(tree: Element, links: Iterable[Link]) -> Iterator[Finding]:
    """What looks wrong in a cleaned body."""
    for link in links:
        if link.words.strip(" .:»>→").casefold() in _VAGUE:
            yield Finding(
                "The words of a link do not say where it leads.",
                f"{link.words} ({shortened(link.address, 80)})",
            )
    text = tree.text()
    if match := _MOJIBAKE.search(text):
        place = text[max(0, match.start() - 30) : match.end() + 30]
        yield Finding("Some signs seem to have been read in a wrong encoding.", place)
    yield from _unfinished(tree)


def _unfinished(tree: Element) -> Iterator[Finding]:
    blocks = [c for c in tree.children if isinstance(c, Element) and c.name in BLOCKS]
    last = blocks[-1] if blocks else None
    if last is None or last.name != "p" or not (words := last.text()):
        return
    link = last.find(lambda e: e.name == "a")
    if link is not None and link.text() == words:
        return
    if not _FINISHED.search(words):
        end = " ".join(words.split()[-5:])
        yield Finding("The last sentence seems unfinished.", end)
