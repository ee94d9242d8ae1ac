"""Markdown with or without front matter, as Jekyll, Hugo and Eleventy have it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape
from typing import Any

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from ..article import CannotRead, Found
from ..dates import moment_of
from ..upload import Format, Upload
from .html import article

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
# The library's time grows with their square: 10 seconds for 50,000.
_BRACKETS = 2_000
_HEAD_LENGTH = 20_000  # characters; PyYAML takes a second for 100,000
_MARKS = re.compile(
    r"^#{1,4} \S|^(?:```|~~~)|\]\((?:https?://|/|mailto:|#)|\*\*\S[^*\n]*\*\*"
    r"|^\|.+\|\s*$\n^\|[\s:|-]+\|\s*$|^\[\^?\w+\]: ",
    re.MULTILINE,
)
_FILE_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+?)\.\w+$")
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s+(.*?)/?\s*[>%]\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
_COMMANDS = re.compile(r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|\{\{.*?\}\}", re.DOTALL)
Head = dict[str, "str | list[str]"]


def read(upload: Upload) -> Iterator[Found]:
    text = upload.page.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, text, doubts = _head(text)
    text = _FIGURE.sub(_figure, text)
    if any(part.count("[") > _BRACKETS for part in text.split("\n\n")):
        raise CannotRead("One of its paragraphs holds more brackets than any text.")
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.enable(["table", "strikethrough"]).use(footnote_plugin)
    html = markdown.render(text)
    title = _first(head, "title")
    found = article(html, upload.beside, title=title, folder=upload.folder)
    _apply(head, found, upload.name)
    if not found.title:
        raise CannotRead("It has no title: begin with a line like “# The title”.")
    for doubt in doubts:
        found.say(doubt)
    for match in _COMMANDS.finditer(text):
        found.say("This is a command of the old site’s program. Take it out.", match[0])
    yield found


def _head(text: str) -> tuple[Head, str, list[str]]:
    """(front matter, the text after it, doubts)."""
    fence = _FENCE.match(text)
    if not fence:
        return {}, text, []
    end = re.compile(rf"^{re.escape(fence[1])}[ \t]*$", re.MULTILINE)
    found = end.search(text, fence.end(), fence.end() + _HEAD_LENGTH)
    if not found:
        return {}, text, []
    inside, rest = text[fence.end() : found.start()], text[found.end() :]
    if fence[1] == "+++":
        return _toml(inside), rest, []
    return *_yaml(inside, rest), []


def _yaml(inside: str, rest: str) -> tuple[Head, str]:
    try:
        # Every value stays a text: no dates, no true and false, no objects.
        said = yaml.load(inside, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        said = None
    if not isinstance(said, dict):
        said = _by_lines(inside)
    return _only_texts(said), rest


def _by_lines(inside: str) -> dict[str, Any]:
    """Front matter that is no YAML: “title: 287(g): what it means”."""
    found: dict[str, Any] = {}
    key = ""
    for line in inside.splitlines():
        if item := re.match(r"\s*-\s+(.*)", line):
            if isinstance(found.get(key), list):
                found[key].append(_unquoted(item[1]))
            continue
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w-]+", name):
            key = name
            found[key] = _listed(value.strip()) if value.strip() else []
    return found


def _listed(value: str) -> str | list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(one) for one in value[1:-1].split(",") if one.strip()]
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] in "\"'" else value


def _toml(inside: str) -> Head:
    try:
        said = tomllib.loads(inside)
    except (ValueError, RecursionError):
        raise CannotRead("Its front matter is no TOML.") from None
    return _only_texts(_flat(said))


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    """Hugo keeps tags in a table [taxonomies] or [params] in some sites."""
    inner = [v for v in said.values() if isinstance(v, dict)]
    return {k: v for table in [*inner, said] for k, v in table.items()}


def _only_texts(said: dict[str, Any]) -> Head:
    found: Head = {}
    for key, value in said.items():
        if isinstance(value, list):
            found[str(key).lower()] = [
                str(v) for v in value if not isinstance(v, (dict, list))
            ]
        elif not isinstance(value, dict):
            is_moment = hasattr(value, "isoformat")
            text = value.isoformat() if is_moment else str(value)
            found[str(key).lower()] = text.lower() if isinstance(value, bool) else text
    return found


def _first(head: Head, *names: str) -> str:
    for name in names:
        value = head.get(name, "")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _all(head: Head, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        value = head.get(name, [])
        # Jekyll: “categories: ICE Courts” are two.
        sign = "," if isinstance(value, str) and "," in value else None
        found += value.split(sign) if isinstance(value, str) else value
    return [one.strip() for one in found if one.strip()]


def _apply(head: Head, found: Found, name: str) -> None:
    """What the front matter says wins over what the text shows."""
    named = _FILE_NAME.search(name.rpartition("/")[2])
    date = _first(head, "date", "published_at", "publishdate", "pubdate", "created")
    date = date or (named[1] if named else "")
    found.published = (moment_of(date) if date else None) or found.published
    found.author = _first(head, "author", "authors") or found.author
    found.topics = _all(head, "categories", "category", "tags", "tag", "topics")
    found.summary = _first(head, "description", "summary", "excerpt", "subtitle")
    found.language = _first(head, "lang", "language", "locale")
    addresses = _all(head, "permalink", "url", "aliases", "redirect_from", "redirects")
    found.old_addresses = [
        a
        for a in addresses
        if a.startswith(("/", "http")) and not re.search(r"/:|\{", a)
    ]
    found.slug = _first(head, "slug", "basename") or (
        named[2] if named and not found.old_addresses else ""
    )
    own = _first(head, "id", "guid", "uuid")
    if own or found.old_addresses:
        found.source = f"id:{own}" if own else f"url:{found.old_addresses[0]}"
    found.cover = _first(head, "image", "cover", "feature_image", "featured_image")
    if _first(head, "draft") == "true" or _first(head, "published") == "false":
        found.say("On the old site it was a draft.")


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
    fence = _FENCE.match(start)
    if fence and re.search(rf"\n{re.escape(fence[1])}[ \t]*\r?(?:\n|$)", start):
        return True
    return len(_MARKS.findall(start)) >= (1 if start.startswith("# ") else 2)


FORMAT = Format("Markdown", is_markdown, read)
