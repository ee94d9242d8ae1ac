"""The articles of a feed in RSS 1 or 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ..addresses import joined, source_of, web_addresses
from ..article import CannotRead, Found, Refusal
from ..dates import moment_of
from ..upload import Part
from .teasers import goes_on, say_incomplete, without_markup
from .xml import child, children, local, text_of, words

_APPEARED = re.compile(
    r"<p>\s*The post\s+<a.{1,600}?appeared first on.{1,600}?</p>\s*$", re.S
)


def rss_articles(root: etree._Element) -> Iterator[Part]:
    channel = child(root, "channel")
    items = [e for e in root.iter() if local(e) == "item"]
    if not items:
        raise CannotRead("The feed holds no articles.")
    for number, item in enumerate(items, start=1):
        yield _item(item, channel, number)


def _item(
    item: etree._Element, channel: etree._Element | None, number: int
) -> Found | Refusal:
    content, excerpt = child(item, "content:encoded"), text_of(item, "description")
    title, html = text_of(item, "title"), words(content) or excerpt
    if not html:
        return Refusal("It holds no text.", title or f"entry {number}")
    home, guid = text_of(channel, "link"), text_of(item, "guid")
    link = text_of(item, "link")
    link = joined(home, link)
    found = Found(
        title=title,
        html=_APPEARED.sub("", html),
        source=source_of(guid, link, home),
        published=moment_of(text_of(item, "pubdate", "date", "published")),
        author=_name(text_of(item, "creator") or text_of(item, "author")),
        topics=[words(one) for one in children(item, "category")],
        old_addresses=web_addresses(link, guid),
        summary=without_markup(excerpt) if content is not None else "",
        language=text_of(channel, "language"),
        base=link,
    )
    if content is None and goes_on(excerpt):
        say_incomplete(found)
    return found


def _name(text: str) -> str:
    """RSS writes “mail@example.com (Jane Roe)”."""
    match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", text)
    return match[1] if match else "" if "@" in text else text
