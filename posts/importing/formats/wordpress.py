"""WordPress's export (WXR), which Squarespace and LexBlog write, too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from lxml import etree

from ..addresses import joined, web_addresses
from ..article import Found, Refusal, Remark
from ..dates import moment_of
from ..upload import Format, Part, Upload
from .wordpress_export import Export, meta_of
from .wordpress_text import html_of
from .xml import RECOVERED, children, root_of, text_of, words

_EXPORT = re.compile(r"wordpress\.org/export/1\.\d")
_IMPORTED = {"post", "page"}
_THROWN_AWAY = {"trash", "auto-draft", "inherit"}
# Part of the site's furniture, not of what it says.
_SILENT = {"nav_menu_item", "attachment", "revision", "custom_css", "oembed_cache"}
_SILENT |= {"customize_changeset", "wp_global_styles", "wp_navigation", "wp_template"}
_SILENT |= {"wp_template_part", "wp_block", "wp_font_family", "wp_font_face"}
_UNPUBLISHED = {"draft", "private", "future", "pending"}


def read(upload: Upload) -> Iterator[Part]:
    root, is_mended = root_of(upload)
    if is_mended:
        yield Remark(RECOVERED)
    export = Export(root)
    kinds: Counter[str] = Counter()
    comments = 0
    for item in export.items:
        kind = text_of(item, "post_type") or "post"
        if kind in _IMPORTED and text_of(item, "status") not in _THROWN_AWAY:
            comments += len(children(item, "comment"))
            yield _article(item, export)
        elif kind not in _SILENT:
            kinds["in the bin" if kind in _IMPORTED else kind] += 1
    if comments:
        yield Remark(f"Comments of readers that were left out: {comments}.")
    for kind, number in kinds.items():
        yield Remark(f"Entries of the kind “{kind}” that were left out: {number}.")


def _article(item: etree._Element, export: Export) -> Found | Refusal:
    title, number = text_of(item, "title"), text_of(item, "post_id")
    text, meta = text_of(item, "content:encoded"), meta_of(item)
    if not text.strip():
        return Refusal("It holds no text.", title or f"entry {number}")
    guid, login = text_of(item, "guid"), text_of(item, "creator")
    link = text_of(item, "link")
    link = joined(export.home, link)
    found = Found(
        title=title,
        html="",
        source=f"guid:{guid}" if guid else f"wordpress:{export.home}:{number}",
        published=_published(item),
        author=export.authors.get(login) or login,
        topics=_topics(item),
        slug=text_of(item, "post_name"),
        old_addresses=_addresses(link, guid, number, export.home),
        summary=re.sub(r"<[^>]*>", " ", text_of(item, "excerpt:encoded")),
        base=link or export.home,
        language=export.language,
    )
    found.cover, found.cover_alt = export.picture(meta.get("_thumbnail_id", ""))
    found.html = html_of(text, meta, number, found, export)
    _say_status(item, found)
    return found


def _topics(item: etree._Element) -> list[str]:
    return [
        words(one)
        for one in children(item, "category")
        if one.get("domain", "category") in ("category", "post_tag")
        and one.get("nicename") != "uncategorized"
    ]


def _published(item: etree._Element) -> datetime | date | None:
    """The day on which readers saw it: the local date, with its distance from UTC."""
    own = moment_of(text_of(item, "post_date"))
    utc = moment_of(text_of(item, "post_date_gmt"))
    if isinstance(own, datetime) and isinstance(utc, datetime):
        distance = own - utc
        if abs(distance) <= timedelta(hours=14):
            minutes = timedelta(minutes=round(distance.total_seconds() / 60))
            return own.replace(tzinfo=timezone(minutes))
    return own or moment_of(text_of(item, "pubdate"))


def _addresses(link: str, guid: str, number: str, home: str) -> list[str]:
    found = web_addresses(link, guid)
    if number.isdigit() and home:
        found.append(f"{home.rstrip('/')}/?p={number}")
    return found


def _say_status(item: etree._Element, found: Found) -> None:
    status = text_of(item, "status")
    if status in _UNPUBLISHED:
        names = {"future": "to be published later", "pending": "waiting for review"}
        found.say(f"On the old site it was {names.get(status, f'a {status} article')}.")
    if text_of(item, "post_password"):
        found.say("On the old site it had a password.")
    if text_of(item, "post_type") == "page":
        found.say("It was a page of the old site, not an article of its blog.")


def is_wordpress(upload: Upload) -> bool:
    return upload.head.startswith("<") and bool(_EXPORT.search(upload.head))


FORMAT = Format("an export of WordPress (also of Squarespace)", is_wordpress, read)
