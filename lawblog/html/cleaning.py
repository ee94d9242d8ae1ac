"""Any HTML → the project's only trusted HTML, and what was removed. Pure.

The steps, in order:

word_processors.py  comments, deletions and hidden text are removed
footnotes.py        footnotes become notes in double brackets
lists.py            each list gets its type and start
anchors.py          links within the text
layout/             everything is written again with the site's own elements
allowed.py          the allow-list, which nh3 enforces
"""

from functools import lru_cache
from typing import NamedTuple

from .allowed import CLEANER
from .anchors import lead_to_headings
from .characters import printable
from .element import BLOCKS, HEADINGS, TABLE_PARTS, Element
from .footnotes import move_notes
from .layout import lay_out
from .layout.runs import AMPERSAND
from .left_out import LeftOut, sentences, summary
from .lists import tidy_lists
from .styles import apply_classes, is_block, style_of
from .tree import parse
from .word_processors import drop_what_is_not_text

# They are blocks already, or hold no words.
_NO_FRAME = {*BLOCKS, *TABLE_PARTS, "", "html", "body", "br", "img", "picture", "svg"}
_SMALLER = {"h5": "h4", "h4": "h4", "h3": "h4", "h2": "h3", "h1": "h2"}


class Cleaned(NamedTuple):
    """html: what is kept; left_out: what was taken away, in the order of the text."""

    html: str
    left_out: tuple[LeftOut, ...]

    @property
    def summary(self) -> str:
        """“1 comment and 1 deleted passage were left out.”, or ""."""
        return summary(self.left_out)

    @property
    def remarks(self) -> list[str]:
        """The summary, and a sentence for each picture, link and frame."""
        return sentences(self.left_out)


def clean(html: str) -> str:
    """Reduce any HTML to the allow-list; what is clean already comes back as it was.

    Refused elements lose their markup and keep their text; scripts and styles, a word
    processor's comments and deletions, hidden and struck-out text are removed whole.
    Pictures must be our own (/media/…). cleaned() tells what went.
    """
    return cleaned(html).html


# A save cleans the same text four times: form, field, database and record.
@lru_cache(maxsize=16)
def cleaned(html: str) -> Cleaned:
    """What clean() keeps, with what it takes away."""
    return clean_tree(parse(printable(html)))


def clean_tree(root: Element, *, split: bool = False) -> Cleaned:
    """The same for a tree, which is changed on the way. split: as lay_out() has it."""
    result = _reduced(root, split=split)
    if 'href="#' not in result.html:
        return result
    # Headings may read otherwise now than when the links to them were resolved.
    again = _reduced(parse(result.html), split=False)
    return Cleaned(again.html, (*result.left_out, *again.left_out))


def _reduced(root: Element, *, split: bool) -> Cleaned:
    elements = list(root.walk())
    if any(element.name == "style" for element in elements):
        apply_classes(root)
    left_out = drop_what_is_not_text(root)
    if any(element.get("href")[:1] == "#" for element in elements):
        move_notes(root)
        left_out += lead_to_headings(root)
    tidy_lists(elements)
    lower_headings(elements)
    _begin_blocks(elements)
    written, more = lay_out(root, split=split)
    trusted = CLEANER.clean(written)
    return Cleaned(trusted.replace(AMPERSAND, "&amp;").strip(), (*left_out, *more))


def _begin_blocks(elements: list[Element]) -> None:
    """Treat elements that are blocks by their style alone as blocks, so that their
    words do not run into others."""
    headings = [e for e in elements if e.name in HEADINGS]
    within_headings = {id(inner) for heading in headings for inner in heading.walk()}
    for element in elements:
        style = element.attributes.get("style", "")
        if "display" not in style or element.name in _NO_FRAME:
            continue
        if id(element) in within_headings:
            element.children.append(" ")
        elif is_block(style_of(element)):
            inner = Element(element.name, element.attributes)
            inner.children = element.children
            element.name, element.attributes, element.children = "div", {}, [inner]


def lower_headings(elements: list[Element]) -> None:
    """The page's title is its only h1: if the text has one, all its headings go down a
    level."""
    headings = [element for element in elements if element.name in _SMALLER]
    if any(heading.name == "h1" for heading in headings):
        for heading in headings:
            heading.name = _SMALLER[heading.name]
