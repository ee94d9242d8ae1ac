"""Markdown with or without front matter, as Jekyll, Hugo and Eleventy have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .. import own_export
from ..article import CannotRead, Found
from ..dates import moment_of
from ..upload import Format, Upload
from . import front_matter
from .front_matter import FrontMatter
from .html import article, articles
from .several_articles import say_how_many

# The library's time grows with their square: 10 seconds for 50,000.
_MAX_BRACKETS = 2_000
_MARKS = re.compile(
    r"^#{1,4} \S|^(?:```|~~~)|\]\((?:https?://|/|mailto:|#)|\*\*\S[^*\n]*\*\*"
    r"|^\|.+\|\s*$\n^\|[\s:|-]+\|\s*$|^\[\^?\w+\]: |^> \S|^={3,}[ \t]*\r?$"
    r"|!\[[^\]\n]*\]\(|__\S[^_\n]*__",
    re.MULTILINE,
)
# “# The title”, or it underlined.
_TITLE = re.compile(r"# |\S[^\n]*\n={3,}[ \t]*\r?\n")
# Front matter, also of a further article of the file.
_HEAD = re.compile(
    r"^---[ \t]*\n(?:[\w-]+:.*\n|[ \t]+.*\n){1,40}---[ \t]*$", re.MULTILINE
)
_FILE_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+?)\.\w+$")
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s+(.*?)/?\s*[>%]\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
# “## Who may ask {#who}”, “{: #who .wide}”, “{.wide}”.
_HEADING_ID = re.compile(
    r"^(#{1,6} .*?)[ \t]*#*[ \t]*\{:?[ \t]*#?([\w-]*)[^{}\n]*\}[ \t]*$", re.MULTILINE
)
_COMMANDS = re.compile(r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|\{\{.*?\}\}", re.DOTALL)


def read(upload: Upload) -> Iterator[Found]:
    text = upload.page.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    heads = [m.start() for m in _HEAD.finditer(text) if "\ntitle:" in m[0]]
    starts = [0, *filter(None, heads)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        for found in _articles(text[start:end], upload):
            if len(starts) > 1:
                say_how_many(found, len(starts))
            yield found


def _articles(text: str, upload: Upload) -> Iterator[Found]:
    """The article of a text or, where it has no head, those that follow each other."""
    head, text = front_matter.split(text)
    html = _html(text)
    if head.values:
        title = head.first("title")
        several = [article(html, upload.beside, title=title, folder=upload.folder)]
    else:
        several = [*articles(html, upload.beside, folder=upload.folder)]
    for found in several:
        _apply(head, found, upload.name)
        if not found.title:
            raise CannotRead("It has no title: begin with a line like “# The title”.")
    for match in _COMMANDS.finditer(text):
        sentence = "This is a command of the old site’s program. Take it out."
        several[0].say(sentence, match[0])
    yield from several


def _html(text: str) -> str:
    text = _HEADING_ID.sub(r'\1 <a id="\2"></a>', _FIGURE.sub(_figure, text))
    if any(part.count("[") > _MAX_BRACKETS for part in text.split("\n\n")):
        raise CannotRead("One of its paragraphs holds more brackets than any text.")
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(deflist_plugin)
    return str(markdown.render(text))


def _apply(head: FrontMatter, found: Found, name: str) -> None:
    """What the front matter says wins over what the text shows."""
    named = _FILE_NAME.search(name.rpartition("/")[2])
    date = head.first("date", "published_at", "publishdate", "pubdate", "created")
    date = date or (named[1] if named else "")
    found.published = (moment_of(date) if date else None) or found.published
    found.author = head.first("author", "authors") or found.author
    found.topics = head.all("categories", "category", "tags", "tag", "topics")
    found.summary = head.first("description", "summary", "excerpt", "subtitle")
    found.language = head.first("lang", "language", "locale")
    found.old_addresses = _addresses(head)
    found.slug = head.first("slug", "basename") or (
        named[2] if named and not found.old_addresses else ""
    )
    named_by = head.first("id", "guid", "uuid")
    if named_by or found.old_addresses:
        found.source = f"id:{named_by}" if named_by else f"url:{found.old_addresses[0]}"
    found.own = own_export.read(head, found)
    if found.own:
        return
    found.cover = head.first("image", "cover", "feature_image", "featured_image")
    if head.first("draft") == "true" or head.first("published") == "false":
        found.say("On the old site it was a draft.")


def _addresses(head: FrontMatter) -> list[str]:
    """Those that are not patterns, as programs for blogs also have them."""
    found = head.all("permalink", "url", "aliases", "redirect_from", "redirects")
    return [
        address
        for address in found
        if address.startswith(("/", "http")) and not re.search(r"/:|\{", address)
    ]


def _figure(match: re.Match[str]) -> str:
    said = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match[1])}
    if not said.get("src"):
        return match[0]
    caption = said.get("caption") or said.get("title", "")
    caption = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    alt = f' alt="{escape(said["alt"])}"' if "alt" in said else ""
    return f'\n\n<figure><img src="{escape(said["src"])}"{alt}>{caption}</figure>\n\n'


def is_markdown(upload: Upload) -> bool:
    start = upload.head
    if start.startswith("<"):
        return False
    if front_matter.JSON.match(start):
        return front_matter.is_json(start)
    fence = front_matter.FENCE.match(start)
    if fence and re.search(rf"\n{re.escape(fence[1])}[ \t]*\r?(?:\n|$)", start):
        return True
    return len(_MARKS.findall(start)) >= (1 if _TITLE.match(start) else 2)


FORMAT = Format("Markdown", is_markdown, read)
