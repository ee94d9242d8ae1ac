"""Corrections to the HTML that mammoth made of a Word document: title, captions, and
pictures in Word's own formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawblog.html.element import HEADINGS, Element

from ..gallery import is_picture
from .page_text import first_words

_JUNK_TITLE = re.compile(
    r"microsoft word|document\d*$|untitled|plantilla|template", re.I
)
_FORMATS = ((b"\xd7\xcd\xc6\x9a", 0, "WMF"), (b" EMF", 40, "EMF"), (b"<svg", 0, "SVG"))


class Pictures:
    """The pictures of a document. `found`: their bytes, by names made for them."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}
        self.odd: dict[str, str] = {}

    def keep(self, data: bytes) -> str:
        """The name under which a picture stands in the page."""
        name = f"docx-{len(self.found) + len(self.odd) + 1}"
        if is_picture(data):
            self.found[name] = data
        else:
            self.odd[name] = _format_of(data)
        return name

    def drop_odd_ones(self, root: Element) -> Iterator[tuple[str, str]]:
        """Takes those out of the page that the site cannot show; says so, with their
        descriptions."""
        gone = root.remove(lambda e: e.name == "img" and e.get("src") in self.odd)
        for element in gone:
            kind = self.odd[element.get("src")]
            yield (
                f"A picture was left out: it is {kind}, which this site cannot show. "
                "Save it from Word as PNG, and upload it.",
                element.get("alt"),
            )


def _format_of(data: bytes) -> str:
    for sign, at, name in _FORMATS:
        if data[at : at + len(sign)] == sign:
            return f"a drawing ({name})"
    return "a drawing of Word’s"


def title_of(root: Element, said: str) -> str:
    """The document's title: in its style, as its first heading, in what Word keeps of
    the document (`said`), or as its first line; "" where it has none."""
    styled = root.find(lambda e: "title" in e.classes and bool(e.text()))
    if styled is not None:
        return styled.text()
    words = first_words(root)
    heading = root.find(lambda e: e.name in HEADINGS and bool(e.text()))
    if words and heading is not None and heading.text() == words:
        return words
    return words if _JUNK_TITLE.search(said) else said or words


def put_captions(root: Element) -> None:
    """Captions, which are paragraphs of their own in Word, go to their table or
    picture: that below, or else that above."""
    waiting = [child for child in root.children if isinstance(child, Element)]
    moved: set[int] = set()
    for at, element in enumerate(waiting):
        if "caption" not in element.classes:
            continue
        before = waiting[at - 1] if at else None
        after = waiting[at + 1] if at + 1 < len(waiting) else None
        if before is not None and _is_picture(before):
            _put_below(before, element)
        elif (table := _table(after) or _table(before)) is not None:
            caption = Element("caption")
            caption.children = element.children
            table.children = [caption, *table.children]
        else:
            continue
        moved.add(id(element))
    root.remove(lambda e: id(e) in moved)


def _table(element: Element | None) -> Element | None:
    """The element, if it is a table without a caption."""
    if element is None or element.name != "table":
        return None
    has_one = any(
        isinstance(c, Element) and c.name == "caption" for c in element.children
    )
    return None if has_one else element


def _is_picture(element: Element) -> bool:
    return (
        element.name in ("p", "img")
        and not element.text()
        and element.find(lambda e: e.name == "img") is not None
    )


def _put_below(picture: Element, caption: Element) -> None:
    words = Element("figcaption")
    words.children = caption.children
    whole = Element(picture.name, picture.attributes)
    whole.children = picture.children
    picture.name, picture.attributes, picture.children = "figure", {}, [whole, words]
