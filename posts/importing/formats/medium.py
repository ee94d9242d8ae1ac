"""An article of Medium's export: one HTML file each, marked as microformats."""

from __future__ import annotations

from collections.abc import Iterator

from lawblog.html.characters import printable
from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..dates import moment_of
from ..upload import Format, Upload

_REPEATED = {"graf--title", "graf--subtitle"}


def read(upload: Upload) -> Iterator[Found]:
    root = parse(printable(upload.page))
    body = _first(root, "e-content")
    if body is None or not body.text():
        raise CannotRead("It holds no text.")
    if _is_answer(root, body):
        raise CannotRead("It is an answer to somebody else’s article.")
    title, summary = _words(root, "p-name"), _words(root, "p-summary")
    # Both stand in the text once more.
    body.remove(lambda e: bool(e.classes & _REPEATED) or _is_divider(e))
    link, time = _first(root, "p-canonical"), _first(root, "dt-published")
    address = link.get("href") if link else ""
    found = Found(
        title=title,
        html=inner_html(body),
        source=f"url:{address}" if address else "",
        published=moment_of(time.get("datetime")) if time else None,
        author=_words(root, "p-author"),
        old_addresses=[address] if address else [],
        summary=summary,
        base=address,
    )
    if found.published is None:
        found.say("On Medium it was a draft.")
    yield found


def _is_divider(element: Element) -> bool:
    return element.name == "hr" and "section-divider" in element.classes


def _first(root: Element, name: str) -> Element | None:
    return root.find(lambda e: name in e.classes)


def _words(root: Element, name: str) -> str:
    element = _first(root, name)
    return element.text() if element else ""


def _is_answer(root: Element, body: Element) -> bool:
    """Answers have no title of their own: Medium takes their first words."""
    if _first(root, "p-name") is None or _first(root, "graf--title") is not None:
        return False
    start = _words(root, "p-name").rstrip("…")
    return len(body.text()) < 1_000 and body.text().startswith(start)


def is_medium(upload: Upload) -> bool:
    head = upload.head
    return head.startswith("<") and "h-entry" in head and "p-name" in head


FORMAT = Format("an article of Medium’s export", is_medium, read)
