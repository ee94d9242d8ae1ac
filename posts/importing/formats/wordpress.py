"""WordPress's export (WXR), which Squarespace and LexBlog write, too."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from urllib.parse import urljoin

from lxml import etree

from ..article import Found, Refusal, Remark
from ..dates import moment_of
from ..upload import Format, Part, Upload
from .paragraphs import with_paragraphs
from .xml import RECOVERED, child, children, local, root_of, words

_EXPORT = re.compile(r"wordpress\.org/export/1\.\d")
_IMPORTED = {"post", "page"}
# Part of the site's furniture, not of what it says.
_SILENT = {"nav_menu_item", "attachment", "revision", "custom_css", "oembed_cache"}
_SILENT |= {"customize_changeset", "wp_global_styles", "wp_navigation", "wp_template"}
_SILENT |= {"wp_template_part", "wp_block", "wp_font_family", "wp_font_face"}
_CAPTION_WORDS = re.compile(r"""caption=["“](.*?)["”]""")
_GALLERY = re.compile(r"\[gallery([^\]\[]*)\]", re.IGNORECASE)
_EMBED = re.compile(r"\[(?:embed|audio|video)(\s[^\]\[]*)\]", re.IGNORECASE)
_SOURCE = re.compile(r"""(?:src|mp3|mp4)=["“]?([^\s"”\]]+)|(https?://\S+)""")
# “[contact-form-7 id="1"]”; not “[1]”, “[sic]” or a note in double brackets.
_SHORTCODE = re.compile(
    r"(?<!\[)\[/?([a-z][a-z0-9]*[-_][a-z0-9_-]+(?:\s[^\]\[]*)?|[a-z]\w{2,}\s+\w+=[^\]\[]*)/?\]"
)
_PARENTHESIZED = {"draft", "private", "future", "pending"}


class _Export:
    """What items refer to: authors, attachments, the home of the site."""

    def __init__(self, root: etree._Element) -> None:
        channel = child(root, "channel")
        self.channel = channel if channel is not None else root
        self.home = words(child(self.channel, "export:base_blog_url", "link"))
        self.language = words(child(self.channel, "language"))
        self.items = [e for e in root.iter() if local(e) == "item"]
        self.authors = {
            words(child(one, "author_login")): words(child(one, "author_display_name"))
            for one in children(self.channel, "author")
        }
        self.attachments = {
            words(child(item, "post_id")): item
            for item in self.items
            if words(child(item, "post_type")) == "attachment"
        }

    def pictures_of(self, number: str) -> list[str]:
        """The numbers of what was uploaded for a post."""
        return [
            own
            for own, item in self.attachments.items()
            if words(child(item, "post_parent")) == number
        ]

    def picture(self, number: str) -> tuple[str, str]:
        """(address, description) of an attachment, both "" if it is not there."""
        item = self.attachments.get(number)
        if item is None:
            return "", ""
        return words(child(item, "attachment_url")), _meta(item).get(
            "_wp_attachment_image_alt", ""
        )


def read(upload: Upload) -> Iterator[Part]:
    root, is_mended = root_of(upload)
    if is_mended:
        yield Remark(RECOVERED)
    export = _Export(root)
    kinds: Counter[str] = Counter()
    comments = 0
    for item in export.items:
        kind = words(child(item, "post_type")) or "post"
        if kind in _IMPORTED and words(child(item, "status")) not in (
            "trash",
            "auto-draft",
            "inherit",
        ):
            comments += len(children(item, "comment"))
            yield _item(item, export)
        elif kind not in _SILENT:
            kinds["in the bin" if kind in _IMPORTED else kind] += 1
    if comments:
        yield Remark(f"Comments of readers that were left out: {comments}.")
    for kind, number in kinds.items():
        yield Remark(f"Entries of the kind “{kind}” that were left out: {number}.")


def _item(item: etree._Element, export: _Export) -> Found | Refusal:
    title = words(child(item, "title"))
    text = words(child(item, "content:encoded"))
    meta = _meta(item)
    number = words(child(item, "post_id"))
    if not text.strip():
        return Refusal("It holds no text.", title or f"entry {number}")
    guid, link = (
        words(child(item, "guid")),
        urljoin(export.home, words(child(item, "link"))),
    )
    login = words(child(item, "creator"))
    cover, alt = export.picture(meta.get("_thumbnail_id", ""))
    found = Found(
        title=title,
        html="",
        source=f"guid:{guid}" if guid else f"wordpress:{export.home}:{number}",
        published=_published(item),
        author=export.authors.get(login) or login,
        topics=[
            words(one)
            for one in children(item, "category")
            if one.get("domain", "category") in ("category", "post_tag")
            and one.get("nicename") != "uncategorized"
        ],
        slug=words(child(item, "post_name")),
        old_addresses=_addresses(link, guid, number, export.home),
        summary=re.sub(r"<[^>]*>", " ", words(child(item, "excerpt:encoded"))),
        base=link or export.home,
        cover=cover,
        cover_alt=alt,
        language=export.language,
    )
    found.html = _body(text, meta, number, found, export)
    _say_status(item, found)
    return found


def _meta(item: etree._Element) -> dict[str, str]:
    return {
        words(child(one, "meta_key")): words(child(one, "meta_value"))
        for one in children(item, "postmeta")
    }


def _published(item: etree._Element) -> datetime | date | None:
    """The day on which readers saw it: the local date, with its distance from UTC."""
    own = moment_of(words(child(item, "post_date")))
    utc = moment_of(words(child(item, "post_date_gmt")))
    if isinstance(own, datetime) and isinstance(utc, datetime):
        distance = own - utc
        if abs(distance) <= timedelta(hours=14):
            minutes = timedelta(minutes=round(distance.total_seconds() / 60))
            return own.replace(tzinfo=timezone(minutes))
    return own or moment_of(words(child(item, "pubdate")))


def _addresses(link: str, guid: str, number: str, home: str) -> list[str]:
    found = [a for a in (link, guid) if a.startswith(("http://", "https://"))]
    if number.isdigit() and home:
        found.append(f"{home.rstrip('/')}/?p={number}")
    return found


def _say_status(item: etree._Element, found: Found) -> None:
    status = words(child(item, "status"))
    if status in _PARENTHESIZED:
        names = {"future": "to be published later", "pending": "waiting for review"}
        found.say(f"On the old site it was {names.get(status, f'a {status} article')}.")
    if words(child(item, "post_password")):
        found.say("On the old site it had a password.")
    if words(child(item, "post_type")) == "page":
        found.say("It was a page of the old site, not an article of its blog.")


def _body(
    text: str, meta: dict[str, str], number: str, found: Found, export: _Export
) -> str:
    text = text.replace("\r\n", "\n")
    text = paired(text, "caption", _figure)
    text = _GALLERY.sub(lambda match: _gallery(match, number, found, export), text)
    for name in ("embed", "audio", "video"):
        text = paired(text, name, _player)
    text = _EMBED.sub(lambda match: _player(match[1], ""), text)
    text = _say_shortcodes(text, found)
    if "<!-- wp:" not in text:
        text = with_paragraphs(text)
    return text + _footnotes(text, meta)


def paired(text: str, name: str, write: Callable[[str, str], str]) -> str:
    """Each [name a]b[/name] as write(a, b), in one go through the text."""
    out: list[str] = []
    low, at = text.lower(), 0
    begin, end = f"[{name}", f"[/{name}]"
    while (close := low.find(end, at)) >= 0:
        start = low.rfind(begin, at, close)
        inside = low.find("]", start, close) if start >= 0 else -1
        if inside < 0:
            out.append(text[at : close + len(end)])
        else:
            out.append(text[at:start])
            attributes = text[start + len(begin) : inside]
            out.append(write(attributes, text[inside + 1 : close]))
        at = close + len(end)
    return "".join([*out, text[at:]])


def _figure(attributes: str, inside: str) -> str:
    said = _CAPTION_WORDS.search(attributes)
    picture = re.match(
        r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", inside, re.S
    )
    if not picture:
        return inside
    words_ = picture[2].strip() or (html.unescape(said[1]) if said else "")
    caption = f"<figcaption>{words_}</figcaption>" if words_ else ""
    return f"\n\n<figure>{picture[1].strip()}{caption}</figure>\n\n"


def _gallery(match: re.Match[str], post: str, found: Found, export: _Export) -> str:
    numbers = re.search(r"""ids=["“]?([\d,\s]+)""", match[1])
    own = numbers[1].split(",") if numbers else export.pictures_of(post)
    pictures = [export.picture(number.strip()) for number in own]
    if not any(address for address, _ in pictures):
        found.say("The pictures of a gallery are not in the file.", match[0])
        return ""
    return (
        "\n\n"
        + "".join(
            f'<p><img src="{html.escape(address)}" alt="{html.escape(alt)}"></p>'
            for address, alt in pictures
            if address
        )
        + "\n\n"
    )


def _player(attributes: str, inside: str) -> str:
    source = _SOURCE.search(f"{attributes} {inside}")
    address = html.escape((source[1] or source[2]) if source else "")
    return f'\n\n<iframe src="{address}"></iframe>\n\n' if address else ""


def _say_shortcodes(text: str, found: Found) -> str:
    for match in _SHORTCODE.finditer(text):
        found.say("This is a command of the old site’s program. Take it out.", match[0])
    return text


def _footnotes(text: str, meta: dict[str, str]) -> str:
    """WordPress keeps the notes of <sup data-fn="…"> beside the text."""
    try:
        notes = json.loads(meta.get("footnotes") or "[]")
    except (ValueError, RecursionError):
        return ""
    items = [
        f'<li id="{html.escape(note["id"])}">{note.get("content", "")} '
        f'<a href="#{html.escape(note["id"])}-link">↩</a></li>'
        for note in notes
        if isinstance(note, dict) and isinstance(note.get("id"), str)
    ]
    return f"<ol>{''.join(items)}</ol>" if items else ""


def is_wordpress(upload: Upload) -> bool:
    return upload.head.startswith("<") and bool(_EXPORT.search(upload.head))


FORMAT = Format("an export of WordPress (also of Squarespace)", is_wordpress, read)
