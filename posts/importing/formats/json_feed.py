"""A feed as JSON (jsonfeed.org), as this site's own is."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..addresses import source_of
from ..article import CannotRead, Found, Refusal
from ..upload import Format, Part, Upload
from .json_rows import Row, moment, string


def read(upload: Upload) -> Iterator[Part]:
    feed = upload.json
    items = [one for one in feed["items"] if isinstance(one, dict)]
    if not items:
        raise CannotRead("The feed holds no articles.")
    for number, item in enumerate(items, start=1):
        yield _item(item, feed, number)


def _item(item: Row, feed: Row, number: int) -> Found | Refusal:
    title = string(item, "title")
    html = string(item, "content_html")
    html = html or f"<p>{escape(string(item, 'content_text'))}</p>"
    if html == "<p></p>":
        return Refusal("It holds no text.", title or f"entry {number}")
    address, own = string(item, "url"), str(item.get("id") or "")
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    tags = item.get("tags")
    return Found(
        title=title,
        html=html,
        source=source_of(own, address, string(feed, "home_page_url")),
        published=moment(item, "date_published"),
        author=string(author, "name") if isinstance(author, dict) else "",
        topics=[t for t in tags if isinstance(t, str)]
        if isinstance(tags, list)
        else [],
        old_addresses=[address] if address else [],
        summary=string(item, "summary"),
        language=string(item, "language") or string(feed, "language"),
        base=address,
    )


def is_json_feed(upload: Upload) -> bool:
    said = upload.json
    return (
        isinstance(said, dict)
        and "jsonfeed" in str(said.get("version", ""))
        and isinstance(said.get("items"), list)
    )


FORMAT = Format("a JSON feed", is_json_feed, read)
