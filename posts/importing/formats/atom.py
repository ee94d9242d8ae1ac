"""The articles of a feed in Atom, and of what Blogger exports as Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from ..addresses import joined
from ..article import CannotRead, Found, Refusal, Remark
from ..dates import moment_of
from ..upload import Part
from .teasers import say_incomplete, without_markup
from .xml import child, children, text_of, words

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_articles(root: etree._Element) -> Iterator[Part]:
    entries = children(root, "entry")
    if not entries:
        raise CannotRead("The feed holds no articles.")
    comments, drafts, others = 0, 0, 0
    for number, entry in enumerate(entries, start=1):
        kind = _kind(entry)
        if kind == "comment":
            comments += 1
        elif kind not in ("post", "page"):
            others += 1
        else:
            found = _entry(entry, number, root)
            drafts += isinstance(found, Found) and _is_draft(entry)
            yield found
    if comments:
        yield Remark(f"Comments of readers that were left out: {comments}.")
    if others:
        yield Remark(f"Settings and templates of the old blog left out: {others}.")


def _kind(entry: etree._Element) -> str:
    """ "post", "page", "comment" or what else Blogger calls it; "post" of others."""
    if kind := text_of(entry, "blogger:type"):
        return kind.lower()
    for category in children(entry, "category"):
        if category.get("scheme", "").endswith("#kind"):
            return str(category.get("term", "")).rpartition("#")[2].lower()
    return "post"


def _is_draft(entry: etree._Element) -> bool:
    status = text_of(entry, "blogger:status").upper()
    said = text_of(child(entry, "control"), "draft")
    return said == "yes" or (bool(status) and status != "LIVE")


def _entry(entry: etree._Element, number: int, feed: etree._Element) -> Found | Refusal:
    content, summary = child(entry, "content"), child(entry, "summary")
    title = text_of(entry, "title")
    html = _html(content if content is not None else summary)
    if not html.strip():
        return Refusal("It holds no text.", title or f"entry {number}")
    id_, links = text_of(entry, "id"), _links(entry)
    link = links[0] if links else ""
    found = Found(
        title=title,
        html=html,
        source=f"guid:{id_}" if id_ else f"url:{link}" if link else "",
        published=_published(entry),
        author=_author(entry, feed),
        topics=_terms(entry),
        old_addresses=[*filter(None, [text_of(entry, "blogger:filename")]), *links],
        summary=without_markup(_html(summary)) if content is not None else "",
        language=feed.get(_LANGUAGE, ""),
        base=link or entry.base or feed.base or "",
    )
    _say(entry, found)
    return found


def _published(entry: etree._Element) -> datetime | date | None:
    names = ("published", "issued", "blogger:created", "updated")
    return moment_of(text_of(entry, *names))


def _author(entry: etree._Element, feed: etree._Element) -> str:
    own = child(entry, "author")
    return text_of(own if own is not None else child(feed, "author"), "name")


def _say(entry: etree._Element, found: Found) -> None:
    if _is_draft(entry):
        found.say("It was a draft on the old site.")
    if _kind(entry) == "page":
        found.say("It was a page of the old site, not an article of its blog.")
    if child(entry, "content") is None:
        say_incomplete(found)


def _html(element: etree._Element | None) -> str:
    """Atom's content as HTML: escaped, of XHTML elements, or plain words."""
    if element is None:
        return ""
    kind = element.get("type", "text")
    if kind == "xhtml" or (kind.endswith("xml") and len(element)):
        inner = "".join(etree.tostring(one, encoding="unicode") for one in element)
        return re.sub(r"(</?)\w+:(\w)|\sxmlns(?::\w+)?=\"[^\"]*\"", r"\1\2", inner)
    text = words(element)
    return text if "html" in kind or "<" in text else f"<p>{text}</p>"


def _links(entry: etree._Element) -> list[str]:
    return [
        joined(entry.base or "", link.get("href", ""))
        for link in children(entry, "link")
        if link.get("rel", "alternate") == "alternate" and link.get("href")
    ]


def _terms(entry: etree._Element) -> list[str]:
    return [
        one.get("label") or one.get("term", "")
        for one in children(entry, "category")
        if not one.get("scheme", "").endswith("#kind")
    ]
