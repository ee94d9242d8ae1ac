"""The body of any source → our own blocks, its pictures and links, and what is to be
said of it. Pure.

old_markup.py       what old programs write around a text
taking_pictures.py  every picture into the gallery
doubts.py           what a person should look at
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lawblog.html.characters import printable
from lawblog.html.cleaning import clean_tree
from lawblog.html.element import Element
from lawblog.html.tree import parse

from . import old_markup
from .article import Finding, Found, Link
from .doubts import bold_paragraphs, doubts, what_was_left_out
from .gallery import Gallery
from .picture import Picture
from .taking_pictures import take_pictures

_NOTE = re.compile(r"\[\[.*?\]\]")


class Body(NamedTuple):
    """text: all words; opening: those of its paragraphs, without notes."""

    html: str
    text: str
    opening: str
    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]


def build(found: Found) -> Body:
    """The body of what a parser found."""
    root, gallery = parse(printable(found.html)), Gallery(found)
    findings = _put_right(root, found, gallery)
    cleaned = clean_tree(root, split=True)
    tree = parse(cleaned.html)
    links = [Link(e.get("href"), e.text()) for e in tree.walk() if _is_link(e)]
    findings += [*what_was_left_out(cleaned.left_out), *doubts(tree, links)]
    paragraphs = " ".join(e.text() for e in tree.walk() if e.name == "p")
    return Body(
        html=cleaned.html,
        text=tree.text(),
        opening=_NOTE.sub("", paragraphs),
        pictures=tuple(gallery.pictures),
        links=tuple(links),
        findings=tuple(findings),
    )


def _put_right(root: Element, found: Found, gallery: Gallery) -> list[Finding]:
    findings = old_markup.drop_furniture(root)
    old_markup.drop_title(root, found.title)
    old_markup.straighten_links(root, found.base)
    findings += old_markup.frames_to_links(root)
    old_markup.link_bare_addresses(root)
    findings += take_pictures(root, gallery)
    findings += old_markup.drop_empty_paragraphs(root)
    old_markup.unwrap_only_paragraphs(root)
    old_markup.drop_usual_direction(root)
    old_markup.raise_headings(root)
    return [*findings, *bold_paragraphs(root)]


def _is_link(element: Element) -> bool:
    return element.name == "a" and bool(element.get("href"))
