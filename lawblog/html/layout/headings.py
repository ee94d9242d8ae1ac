"""Headings: each has words, and holds nothing but words and pictures. Pure."""

import re

from ..element import Element
from ..left_out import HEADING, LeftOut
from .flow import Flow
from .runs import Marks
from .writer import Writer

LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4", "h2": "h2", "h3": "h3", "h4": "h4"}
_TAG = re.compile(r"<[^>]*>")


def write_heading(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    name = LEVELS[element.name]
    inner = writer.within(element, marks)
    if not element.text():
        # A picture alone is not a heading, and an empty one leads nowhere.
        writer.left_out.append(LeftOut(HEADING))
        if "<img" in inner.html():
            flow.items += inner.blocks("<p>")
    elif inner.has_blocks:
        _write_broken(inner, name, flow)
    else:
        flow.block(f"<{name}>{writer.trimmed(inner.html())}</{name}>")


def _write_broken(inner: Flow, name: str, flow: Flow) -> None:
    """Blocks in a heading: its first words are the heading, the rest is below."""
    items = [str(item) for item in inner.blocks("<p>")]
    at = next((n for n, item in enumerate(items) if _has_words(item)), len(items))
    for number, item in enumerate(items):
        if number == at and item.startswith("<p>"):
            item = f"<{name}>{item[3:-4]}</{name}>"
        if number >= at or "<img" in item:
            flow.block(item)


def _has_words(html: str) -> bool:
    return bool(_TAG.sub("", html).strip())
