"""The text of an entry of WordPress's: shortcodes, captions, galleries, footnotes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

from ..article import Found
from .paragraphs import with_paragraphs
from .wordpress_export import Export, Meta

_CAPTION_WORDS = re.compile(r"""caption=["“](.*?)["”]""")
_GALLERY = re.compile(r"\[gallery([^\]\[]*)\]", re.IGNORECASE)
_EMBED = re.compile(r"\[(?:embed|audio|video)(\s[^\]\[]*)\]", re.IGNORECASE)
_SOURCE = re.compile(r"""(?:src|mp3|mp4)=["“]?([^\s"”\]]+)|(https?://\S+)""")
# “[contact-form-7 id="1"]”; not “[1]”, “[sic]” or a note in double brackets.
_SHORTCODE = re.compile(
    r"(?<!\[)\[/?([a-z][a-z0-9]*[-_][a-z0-9_-]+(?:\s[^\]\[]*)?|[a-z]\w{2,}\s+\w+=[^\]\[]*)/?\]"
)


def html_of(text: str, meta: Meta, number: str, found: Found, export: Export) -> str:
    """The text as HTML. meta and number: the entry's own; what cannot come along is
    said in found."""
    text = text.replace("\r\n", "\n")
    text = _replace_pairs(text, "caption", _figure)
    text = _GALLERY.sub(lambda match: _gallery(match, number, found, export), text)
    for name in ("embed", "audio", "video"):
        text = _replace_pairs(text, name, _player)
    text = _EMBED.sub(lambda match: _player(match[1], ""), text)
    for match in _SHORTCODE.finditer(text):
        found.say("This is a command of the old site’s program. Take it out.", match[0])
    if "<!-- wp:" not in text:
        text = with_paragraphs(text)
    return text + _footnotes(meta)


def _replace_pairs(text: str, name: str, write: Callable[[str, str], str]) -> str:
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
    words = picture[2].strip() or (html.unescape(said[1]) if said else "")
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{picture[1].strip()}{caption}</figure>\n\n"


def _gallery(match: re.Match[str], post: str, found: Found, export: Export) -> str:
    numbers = re.search(r"""ids=["“]?([\d,\s]+)""", match[1])
    own = numbers[1].split(",") if numbers else export.pictures_of(post)
    pictures = "".join(
        f'<p><img src="{html.escape(address)}" alt="{html.escape(alt)}"></p>'
        for address, alt in (export.picture(number.strip()) for number in own)
        if address
    )
    if not pictures:
        found.say("The pictures of a gallery are not in the file.", match[0])
        return ""
    return f"\n\n{pictures}\n\n"


def _player(attributes: str, inside: str) -> str:
    source = _SOURCE.search(f"{attributes} {inside}")
    address = html.escape((source[1] or source[2]) if source else "")
    return f'\n\n<iframe src="{address}"></iframe>\n\n' if address else ""


def _footnotes(meta: Meta) -> str:
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
