"""A page saved as HTML: of Wix, of another blog, of a word processor, of nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from lawblog.html.characters import printable
from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..dates import Dated, dated_line, moment_of
from ..upload import Format, Upload

_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|article|div|p|h\d|span|b)\b"
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_ARTICLE_TYPES = re.compile(r"(?:BlogPosting|NewsArticle|Article|Report|TechArticle)$")
_SITE_NAME = re.compile(r"\s+(?:\||–|—|::|»|·|-)\s+[^|–—»·]{1,60}$")
_NOT_TEXT = {"nav", "header", "footer", "aside", "form", "dialog", "menu"}
# In this order: the first that is there holds the text.
_BODY_HOOKS = (
    ("data-hook", "post-description"),
    ("data-id", "content-viewer"),
    ("itemprop", "articleBody"),
)
_BODY_CLASSES = (
    "e-content entry-content post-content article-content post-body blog-post-content "
    "post__content article__body article-body blog-item-content sqs-layout "
    "gh-content kg-canvas available-content td-post-content"
).split()
_BLOCKS_OF_WORDS = ("h2", "h3", "h4", "p", "li", "td")
_TITLE_CLASSES = {"title", "MsoTitle"}
_BYLINE = re.compile(
    r"(?:(?:written |posted )?by|(?:escrito )?por)\s*:?\s+(\S[^.\d]{2,50})",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:written |posted )?(?:by|por)\s*:?\s+", re.IGNORECASE)
_LINES = set("p div span li td time address h4 h5 h6 em".split())
_BYLINE_CLASSES = {"byline", "author", "p-author", "post-author", "entry-author"}
_META = re.compile(
    r"post-meta|entry-meta|byline|time-to-read|time-ago|user-name|post-date|entry-date"
    r"|published|post-header|entry-header|share"
)


def read(upload: Upload) -> Iterator[Found]:
    page = upload.page
    if "<!entity" in upload.head:
        raise CannotRead("It declares entities, which no page needs. Save it again.")
    found = article(page, upload.beside, folder=upload.folder)
    if not found.title:
        found.title = upload.name.rpartition("/")[2].rpartition(".")[0]
        found.say("The page has no title; this one is the name of its file.")
    yield found


def article(
    page: str,
    pictures: Mapping[str, bytes] | None = None,
    *,
    address: str = "",
    title: str = "",
    fallback: str = "",
    folder: str = "",
) -> Found:
    """The article of a page. address and title: what is known of it from elsewhere;
    fallback: the title if the page has none but a heading of its text."""
    root = parse(printable(page))
    data = _structured_data(root)
    address = _address(root, page, data) or address
    body, is_marked = _body(root)
    own_title = title or _title(root, data) or fallback or _weak_title(body)
    dated = _date(root, data, body)
    found = Found(
        title=own_title,
        html="",
        source=f"url:{address}" if address else "",
        published=dated.moment if dated else None,
        author=_author(root, data),
        topics=_topics(root, data),
        old_addresses=[address] if address else [],
        summary=_meta(root, "og:description", "description"),
        language=_language(root),
        base=address,
        pictures=pictures or {},
        folder=folder,
    )
    if dated and dated.doubt:
        found.say(dated.doubt)
    if not is_marked:
        _drop_furniture(body, found)
    _drop_repeated(body, found)
    found.html = _styles(root, body) + inner_html(body)
    return found


def _structured_data(root: Element) -> dict[str, Any]:
    """What the page says of its article as JSON-LD, {} if it says nothing."""
    for element in root.walk():
        if element.name != "script" or "ld+json" not in element.get("type"):
            continue
        try:
            said = json.loads(element.text_of_raw())
        except (ValueError, RecursionError):
            continue
        for one in _nodes(said):
            kinds = one.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _ARTICLE_TYPES.match(k) for k in kinds):
                return one
    return {}


def _nodes(said: Any) -> Iterator[dict[str, Any]]:
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (
                (n for n in graph if isinstance(n, dict))
                if isinstance(graph, list)
                else ()
            )


def _text(value: Any) -> str:
    """A name or address in JSON-LD: itself, or in an object, or in a list of them."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@id") or value.get("url"))
    return value if isinstance(value, str) else ""


def _meta(root: Element, *names: str) -> str:
    """The content of the first <meta> of these names, the names in order."""
    said: dict[str, str] = {}
    for element in root.walk():
        value = element.get("content").strip() if element.name == "meta" else ""
        for kind in ("property", "name", "itemprop") if value else ():
            said.setdefault(element.get(kind).lower(), value)
    return next((said[name] for name in names if name in said), "")


def _address(root: Element, page: str, data: dict[str, Any]) -> str:
    def is_canonical(element: Element) -> bool:
        return element.name == "link" and "canonical" in element.get("rel").lower()

    link = root.find(is_canonical)
    saved = _SAVED_FROM.search(page[:2000])
    base = root.find(lambda e: e.name == "base")
    candidates: list[str] = [
        link.get("href") if link else "",
        _meta(root, "og:url"),
        _text(data.get("mainEntityOfPage")) or _text(data.get("url")),
        saved[1] if saved else "",
    ]
    for address in candidates:
        whole = urljoin(base.get("href") if base else "", address.strip())
        if whole.startswith(("http://", "https://")):
            return whole
    return ""


def _title(root: Element, data: dict[str, Any]) -> str:
    hooked = root.find(
        lambda e: (
            e.get("data-hook") == "post-title"
            or "p-name" in e.classes
            or e.get("itemprop") == "headline"
            or "entry-title" in e.classes
            or "post-title" in e.classes
        )
    )
    if hooked is not None and hooked.text():
        return hooked.text()
    if headline := _text(data.get("headline")) or _text(data.get("name")):
        return headline
    headings = [e for e in root.walk() if e.name == "h1" and e.text()]
    own = _meta(root, "og:title")
    if own:
        return own
    if len(headings) >= 1:
        return headings[0].text()
    title = root.find(lambda e: e.name == "title")
    if title is not None and title.text():
        return _SITE_NAME.sub("", title.text())
    return ""


def _weak_title(body: Element) -> str:
    """The first words of the text, if they are a heading or stand alone."""
    first = next(
        (e for e in body.walk() if e.name in _BLOCKS_OF_WORDS and e.text()), None
    )
    if first is None or first.find(lambda e: e.name in ("a", "img")):
        return ""  # with its notes or pictures it belongs to the text
    words = first.text()
    is_heading = first.name != "p" or bool(first.classes & _TITLE_CLASSES)
    is_short = len(words) <= 100 and not re.search(r"[.:;,]$", words)
    return words if is_heading or is_short else ""


def _date(root: Element, data: dict[str, Any], body: Element) -> Dated | None:
    said = [
        _text(data.get("datePublished")),
        _meta(root, "article:published_time", "datepublished", "dc.date", "date"),
    ]
    times = [e for e in root.walk() if e.name == "time" and e.get("datetime")]
    marked = [
        e
        for e in times
        if e.classes & {"dt-published", "published", "entry-date"} or e.get("pubdate")
    ]
    said += [e.get("datetime") for e in (marked or times)[:1]]
    for text in said:
        if text and (moment := moment_of(text)):
            return Dated(moment)
    return _date_in_words(root)


def _date_in_words(root: Element) -> Dated | None:
    """The first line of the page that is a date and nothing else."""
    for element in root.walk():
        words = element.short_text(120) if element.name in _LINES else ""
        if words and (dated := dated_line(words)):
            return dated
    return None


def _author(root: Element, data: dict[str, Any]) -> str:
    if name := _text(data.get("author")):
        return "" if name.startswith("http") else name
    name = _meta(root, "article:author", "author", "dc.creator")
    if name and not name.startswith("http"):
        return name
    hooked = root.find(
        lambda e: (
            e.get("data-hook") == "user-name"
            or e.get("rel") == "author"
            or bool(e.classes & _BYLINE_CLASSES)
        )
    )
    words = hooked.text() if hooked is not None else _byline(root)
    words = _BY.sub("", words)
    return words if len(words) <= 60 else ""


def _byline(root: Element) -> str:
    """“By Mary Roe” as one of the first blocks."""
    blocks = [e for e in root.walk() if e.name in ("p", "h3", "h4", "h5", "h6")]
    for element in blocks[:4]:
        if _BYLINE.fullmatch(words := element.text()):
            return words
    return ""


def _topics(root: Element, data: dict[str, Any]) -> list[str]:
    tags = [
        e.get("content")
        for e in root.walk()
        if e.name == "meta" and e.get("property") in ("article:tag", "article:section")
    ]
    section = _text(data.get("articleSection"))
    linked = [
        e.text()
        for e in root.walk()
        if e.name == "a"
        and {"tag", "category"} & set(e.get("rel").split())
        or "p-category" in e.classes
    ]
    return [*([section] if section else []), *tags, *linked]


def _language(root: Element) -> str:
    html = root.find(lambda e: e.name == "html")
    return html.get("lang") if html else ""


def _body(root: Element) -> tuple[Element, bool]:
    """(the element that holds the text, whether the page marks it as that)."""
    for name, value in _BODY_HOOKS:
        if found := root.find(lambda e: e.get(name) == value):  # noqa: B023
            return found, True
    by_class: dict[str, Element] = {}
    for element in root.walk():
        for name in element.classes & set(_BODY_CLASSES) if element.attributes else ():
            if name not in by_class and element.text():
                by_class[name] = element
    for name in _BODY_CLASSES:
        if name in by_class:
            return by_class[name], True
    articles = [e for e in root.walk() if e.name == "article" and e.text()]
    if articles:
        return max(articles, key=lambda e: len(e.text())), False
    main = root.find(lambda e: e.name == "main" or e.get("role") == "main")
    body = root.find(lambda e: e.name == "body")
    return main or body or root, False


def _drop_furniture(body: Element, found: Found) -> None:
    """Navigation, header and footer around a text that nothing marks."""
    gone = body.remove(
        lambda e: (
            e.name in _NOT_TEXT
            or e.get("role") in ("navigation", "banner", "contentinfo", "search")
        )
    )
    for element in gone:
        if (words := element.text()) and element.name != "form":
            heading = element.find(lambda e: e.name in ("h1", "h2"))
            if element.name == "header" and heading and found.title == heading.text():
                continue
            found.say(f"Left out: the page’s {element.name}.", words[:80])


def _drop_repeated(body: Element, found: Found) -> None:
    """Title, byline and date above the text, which are fields of their own."""

    def is_repeated(element: Element) -> bool:
        words = element.short_text(200)
        is_heading = element.name in ("h1", "h2", "h3", "p")
        if is_heading and words and words.casefold() == found.title.casefold():
            return True
        if not words or element.name not in _LINES:
            return False
        is_date = bool(found.published) and bool(dated_line(words))
        byline = _BY.sub("", words).casefold()
        return is_date or (bool(found.author) and byline == found.author.casefold())

    above: list[Element] = []
    for element in body.walk():
        if is_repeated(element):
            above.append(element)
        elif element.name in ("p", "li", "td") and len(element.text()) > 60:
            break
    gone = {id(element) for element in above}
    body.remove(lambda e: id(e) in gone)
    body.remove(
        lambda e: (
            e.name in ("p", "div", "span")
            and bool(e.get("data-hook"))
            and bool(_META.search(e.get("data-hook")))
        )
    )


def _styles(root: Element, body: Element) -> str:
    """The page's own style sheets, in which Google Docs keeps bold and lists."""
    sheets = [e.text_of_raw() for e in root.walk() if e.name == "style"]
    return "".join(f"<style>{sheet}</style>" for sheet in sheets if sheet)


def is_html(upload: Upload) -> bool:
    return bool(_HTML.match(_without_comments(upload.head)))


def _without_comments(head: str) -> str:
    head = re.sub(r"^(?:\s*<!--.*?-->|\s*<\?xml[^>]*>)+", "", head, flags=re.DOTALL)
    return head.lstrip()


FORMAT = Format("a page saved as HTML", is_html, read)
