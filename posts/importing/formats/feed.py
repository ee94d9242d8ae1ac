"""A feed kept as a file: RSS 1 and 2, Atom, and what Blogger exports as Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from ..article import CannotRead, Found, Refusal, Remark
from ..dates import moment_of
from ..upload import Format, Part, Upload
from .xml import RECOVERED, child, children, local, root_of, words

_ROOTS = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed)\b")
_CUT = re.compile(
    r"\s*(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|continue reading.*|read more.*"
    r"|seguir leyendo.*|leer más.*)\s*$",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"<p>\s*The post\s+<a.{1,600}?appeared first on.{1,600}?</p>\s*$", re.S
)
_EXCERPT = "The feed holds only its beginning. Fetch the rest from the old page."


def read(upload: Upload) -> Iterator[Part]:
    root, is_mended = root_of(upload)
    if is_mended:
        yield Remark(RECOVERED)
    if local(root) == "feed":
        yield from _atom(root)
    else:
        yield from _rss(root)


def _rss(root: etree._Element) -> Iterator[Part]:
    channel = child(root, "channel")
    home = words(child(channel, "link")) if channel is not None else ""
    language = words(child(channel, "language")) if channel is not None else ""
    items = [e for e in root.iter() if local(e) == "item"]
    if not items:
        raise CannotRead("The feed holds no articles.")
    for number, item in enumerate(items, start=1):
        yield _rss_item(item, home, language, number)


def _rss_item(
    item: etree._Element, home: str, language: str, number: int
) -> Found | Refusal:
    content = child(item, "content:encoded")
    excerpt = words(child(item, "description"))
    html = words(content) or excerpt
    title = words(child(item, "title"))
    if not html:
        return Refusal("It holds no text.", title or f"entry {number}")
    guid, link = words(child(item, "guid")), words(child(item, "link"))
    link = urljoin(home, link)
    is_whole = guid.startswith(("http://", "https://", "tag:", "urn:"))
    found = Found(
        title=title,
        html=_APPEARED.sub("", html),
        source=f"guid:{guid if is_whole else f'{home} {guid}'}"
        if guid
        else f"url:{link}",
        published=moment_of(words(child(item, "pubdate", "date", "published"))),
        author=_name(words(child(item, "creator")) or words(child(item, "author"))),
        topics=[words(one) for one in children(item, "category")],
        old_addresses=[
            a for a in (link, guid) if a.startswith(("http://", "https://"))
        ],
        summary=_plain(excerpt) if content is not None else "",
        language=language,
        base=link,
    )
    if content is None and _CUT.search(_plain(excerpt)):
        found.say(_EXCERPT)
    return found


def _atom(root: etree._Element) -> Iterator[Part]:
    entries = children(root, "entry")
    if not entries:
        raise CannotRead("The feed holds no articles.")
    comments, drafts, others = 0, 0, 0
    author = child(root, "author")
    feed_author = words(child(author, "name")) if author is not None else ""
    for number, entry in enumerate(entries, start=1):
        kind = _kind(entry)
        if kind == "comment":
            comments += 1
        elif kind not in ("post", "page"):
            others += 1
        else:
            found = _entry(entry, number, feed_author, root)
            drafts += isinstance(found, Found) and _is_draft(entry)
            yield found
    if comments:
        yield Remark(f"Comments of readers that were left out: {comments}.")
    if others:
        yield Remark(f"Settings and templates of the old blog left out: {others}.")


def _kind(entry: etree._Element) -> str:
    """ "post", "page", "comment" or what else Blogger calls it; "post" of others."""
    if kind := words(child(entry, "blogger:type")):
        return kind.lower()
    for category in children(entry, "category"):
        if category.get("scheme", "").endswith("#kind"):
            return str(category.get("term", "")).rpartition("#")[2].lower()
    return "post"


def _is_draft(entry: etree._Element) -> bool:
    status = words(child(entry, "blogger:status")).upper()
    control = child(entry, "control")
    said = words(child(control, "draft")) if control is not None else ""
    return said == "yes" or (bool(status) and status != "LIVE")


def _entry(
    entry: etree._Element, number: int, feed_author: str, root: etree._Element
) -> Found | Refusal:
    content = child(entry, "content")
    summary = child(entry, "summary")
    title = words(child(entry, "title"))
    html = _content(content if content is not None else summary)
    if not html.strip():
        return Refusal("It holds no text.", title or f"entry {number}")
    author = child(entry, "author")
    links = _links(entry)
    file_name = words(child(entry, "blogger:filename"))
    id_ = words(child(entry, "id"))
    base = entry.base or root.base or (links[0] if links else "")
    found = Found(
        title=title,
        html=html,
        source=f"guid:{id_}" if id_ else f"url:{links[0]}" if links else "",
        published=moment_of(
            words(child(entry, "published", "issued", "blogger:created", "updated"))
        ),
        author=words(child(author, "name")) if author is not None else feed_author,
        topics=_terms(entry),
        old_addresses=[*filter(None, [file_name]), *links],
        summary=_plain(_content(summary)) if content is not None else "",
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        base=links[0] if links else base,
    )
    if _is_draft(entry):
        found.say("It was a draft on the old site.")
    if _kind(entry) == "page":
        found.say("It was a page of the old site, not an article of its blog.")
    if content is None:
        found.say(_EXCERPT)
    return found


def _content(element: etree._Element | None) -> str:
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
        link.get("href", "")
        for link in children(entry, "link")
        if link.get("rel", "alternate") == "alternate" and link.get("href")
    ]


def _terms(entry: etree._Element) -> list[str]:
    return [
        one.get("label") or one.get("term", "")
        for one in children(entry, "category")
        if not one.get("scheme", "").endswith("#kind")
    ]


def _name(text: str) -> str:
    """RSS writes “mail@example.com (Jane Roe)”."""
    match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", text)
    return match[1] if match else "" if "@" in text else text


def _plain(html: str) -> str:
    text = re.sub(r"<[^>]*>", " ", html)
    return _CUT.sub("…", " ".join(text.split())) if _CUT.search(text) else text


def is_feed(upload: Upload) -> bool:
    return upload.head.startswith("<") and bool(_ROOTS.search(upload.head[:3000]))


FORMAT = Format("a feed (RSS or Atom, of Blogger too)", is_feed, read)
