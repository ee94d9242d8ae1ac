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


def read(upload: Upload) -> Iterator[Found]:
    root = parse(printable(upload.page))
    title, body = _first(root, "p-name"), _first(root, "e-content")
    if body is None or not body.text():
        raise CannotRead("It holds no text.")
    if _is_answer(root, body, title):
        raise CannotRead("It is an answer to somebody else’s article.")
    summary = _first(root, "p-summary")
    # Title and subtitle stand in the text once more.
    body.remove(lambda e: bool(e.classes & {"graf--title", "graf--subtitle"}))
    body.remove(lambda e: e.name == "hr" and "section-divider" in e.classes)
    link, time = _first(root, "p-canonical"), _first(root, "dt-published")
    address = link.get("href") if link is not None else ""
    author = _first(root, "p-author")
    found = Found(
        title=title.text() if title is not None else "",
        html=inner_html(body),
        source=f"url:{address}" if address else "",
        published=moment_of(time.get("datetime")) if time is not None else None,
        author=author.text() if author is not None else "",
        old_addresses=[address] if address else [],
        summary=summary.text() if summary is not None else "",
        base=address,
    )
    if found.published is None:
        found.say("On Medium it was a draft.")
    yield found


def _first(root: Element, name: str) -> Element | None:
    return root.find(lambda e: name in e.classes)


def _is_answer(root: Element, body: Element, title: Element | None) -> bool:
    """Answers have no title of their own: Medium takes their first words."""
    if title is None or _first(root, "graf--title") is not None:
        return False
    start = title.text().rstrip("…")
    return len(body.text()) < 1_000 and body.text().startswith(start)


def is_medium(upload: Upload) -> bool:
    head = upload.head
    return head.startswith("<") and "h-entry" in head and "p-name" in head


FORMAT = Format("an article of Medium’s export", is_medium, read)
