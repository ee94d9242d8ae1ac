"""A page's metadata: title, author, date, address."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lawblog.html.element import Element

from ..article import Found
from ..bylines import dated_byline
from ..dates import Dated, moment_of
from ..english_or_spanish import guess
from .json_ld import Facts, article_facts, name_in

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_SITE_NAME = re.compile(r"\s+(?:\||–|—|::|»|·|-)\s+[^|–—»·]{1,60}$")
_TITLES = {"p-name", "entry-title", "post-title"}
_BYLINE = re.compile(
    r"(?:(?:written |posted )?by|(?:escrito )?por)\s*:?\s+(\S[^.\d]{2,50})",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:written |posted )?(?:by|por)\s*:?\s+", re.IGNORECASE)
_BYLINES = {"byline", "author", "p-author", "post-author", "entry-author"}
_PUBLISHED = {"dt-published", "published", "entry-date"}
LINES = set("p div span li td time address h4 h5 h6 em".split())


def read_facts(root: Element, page: str, address: str) -> Found:
    """All but title and text may be missing: title is "" where the page has none.
    address: where the page is known to be from, if it does not say so itself."""
    data = article_facts(root)
    address = _address(root, page, data) or address
    dated = _date(root, data)
    found = Found(
        title=_title(root, data),
        html="",
        source=f"url:{address}" if address else "",
        published=dated.moment if dated else None,
        author=_author(root, data) or (dated.author if dated else ""),
        topics=_topics(root, data),
        old_addresses=[address] if address else [],
        summary=_meta(root, "og:description", "description"),
        language=language_of(root),
        base=address,
    )
    if dated and dated.doubt:
        found.say(dated.doubt)
    return found


def without_by(words: str) -> str:
    """“Mary Roe” of “By Mary Roe”."""
    return _BY.sub("", words)


def _meta(root: Element, *names: str) -> str:
    """The content of the first <meta> of these names, the names in order."""
    said: dict[str, str] = {}
    for element in root.walk():
        value = element.get("content").strip() if element.name == "meta" else ""
        for kind in ("property", "name", "itemprop") if value else ():
            said.setdefault(element.get(kind).lower(), value)
    return next((said[name] for name in names if name in said), "")


def _address(root: Element, page: str, data: Facts) -> str:
    def is_canonical(element: Element) -> bool:
        return element.name == "link" and "canonical" in element.get("rel").lower()

    link = root.find(is_canonical)
    saved = _SAVED_FROM.search(page[:2000])
    base = root.find(lambda e: e.name == "base")
    candidates: list[str] = [
        link.get("href") if link else "",
        _meta(root, "og:url"),
        name_in(data.get("mainEntityOfPage")) or name_in(data.get("url")),
        saved[1] if saved else "",
    ]
    for address in candidates:
        whole = urljoin(base.get("href") if base else "", address.strip())
        if whole.startswith(("http://", "https://")):
            return whole
    return ""


def _title(root: Element, data: Facts) -> str:
    hooked = root.find(
        lambda e: (
            e.get("data-hook") == "post-title"
            or e.get("itemprop") == "headline"
            or bool(e.classes & _TITLES)
        )
    )
    headings = [e.text() for e in root.walk() if e.name == "h1"]
    named = _meta(root, "og:title")
    if (bare := _SITE_NAME.sub("", named)) in headings:
        named = bare
    title = root.find(lambda e: e.name == "title")
    return (
        (hooked.text() if hooked else "")
        or name_in(data.get("headline"))
        or name_in(data.get("name"))
        or named
        or next(filter(None, headings), "")
        or (_SITE_NAME.sub("", title.text()) if title else "")
    )


def _date(root: Element, data: Facts) -> Dated | None:
    said = [
        name_in(data.get("datePublished")),
        _meta(root, "article:published_time", "datepublished", "dc.date", "date"),
    ]
    times = [e for e in root.walk() if e.name == "time" and e.get("datetime")]
    marked = [e for e in times if e.classes & _PUBLISHED or e.get("pubdate")]
    # Blogger: <abbr class="published" title="2018-08-27T22:30:00-04:00">.
    said += [e.get("title") for e in root.walk() if e.classes & _PUBLISHED]
    said += [e.get("datetime") for e in (marked or times)[:1]]
    for text in said:
        if text and (moment := moment_of(text)):
            return Dated(moment)
    return _date_in_words(root)


def _date_in_words(root: Element) -> Dated | None:
    """The first line of the page that is a date, with no more than its writer."""
    day_first = guess(root.text()) == "es"
    texts = (e.short_text(160) for e in root.walk() if e.name in LINES)
    found = (dated_byline(words, day_first=day_first) for words in texts if words)
    return next(filter(None, found), None)


def _author(root: Element, data: Facts) -> str:
    if name := name_in(data.get("author")):
        return "" if name.startswith("http") else name
    name = _meta(root, "article:author", "author", "dc.creator")
    if name and not name.startswith("http"):
        return name
    hooked = root.find(
        lambda e: (
            e.get("data-hook") == "user-name"
            or e.get("rel") == "author"
            or bool(e.classes & _BYLINES)
        )
    )
    words = hooked.text() if hooked is not None else _byline(root)
    words = without_by(words)
    return words if len(words) <= 60 else ""


def _byline(root: Element) -> str:
    """“By Mary Roe” as one of the first blocks."""
    blocks = [e for e in root.walk() if e.name in ("p", "h3", "h4", "h5", "h6")]
    for element in blocks[:4]:
        if _BYLINE.fullmatch(words := element.text()):
            return words
    return ""


def _topics(root: Element, data: Facts) -> list[str]:
    tags = [
        e.get("content")
        for e in root.walk()
        if e.name == "meta" and e.get("property") in ("article:tag", "article:section")
    ]
    section = name_in(data.get("articleSection"))
    linked = [
        e.text()
        for e in root.walk()
        if e.name == "a"
        and {"tag", "category"} & set(e.get("rel").split())
        or "p-category" in e.classes
    ]
    return [*([section] if section else []), *tags, *linked]


def language_of(root: Element) -> str:
    html = root.find(lambda e: e.name == "html")
    return html.get("lang") if html else ""
