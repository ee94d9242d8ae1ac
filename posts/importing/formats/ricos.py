"""Ricos, the JSON in which Wix keeps rich text → HTML. Pure."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from .json_rows import string

Node = dict[str, Any]
Say = Callable[..., None]

_FRAMES = {
    "PARAGRAPH": "p",
    "BULLETED_LIST": "ul",
    "LIST_ITEM": "li",
    "BLOCKQUOTE": "blockquote",
    "TABLE_ROW": "tr",
    "TABLE_CELL": "td",
    "CODE_BLOCK": "pre",
    "CAPTION": "figcaption",
    "COLLAPSIBLE_LIST": "div",
    "COLLAPSIBLE_ITEM": "div",
    "COLLAPSIBLE_ITEM_TITLE": "div",
    "COLLAPSIBLE_ITEM_BODY": "div",
}
_MARKS = {"ITALIC": "em", "SUPERSCRIPT": "sup", "SUBSCRIPT": "sub"}
_MAX_DEPTH = 60


def to_html(nodes: list[Any], say: Say) -> str:
    """The HTML of a document's nodes. `say` is told, as (sentence, place), what cannot
    come along as it was."""
    return _Writer(say).all(nodes, 0)


class _Writer:
    def __init__(self, say: Say) -> None:
        self.say = say

    def all(self, nodes: Any, depth: int) -> str:
        if not isinstance(nodes, list) or depth > _MAX_DEPTH:
            return ""
        return "".join(self.one(n, depth) for n in nodes if isinstance(n, dict))

    def one(self, node: Node, depth: int) -> str:
        kind = str(node.get("type", ""))
        inside = self.all(node.get("nodes"), depth + 1)
        if kind == "TEXT":
            return _text(_dict(node, "textData"))
        if kind == "TABLE":
            return f"<table>{_with_head(node, inside)}</table>"
        if kind in _FRAMES:
            return f"<{_FRAMES[kind]}>{inside}</{_FRAMES[kind]}>"
        if kind == "HEADING":
            level = _dict(node, "headingData").get("level")
            level = level if level in range(1, 7) else 2
            return f"<h{level}>{inside}</h{level}>"
        if kind == "ORDERED_LIST":
            start = _dict(node, "orderedListData").get("start")
            number = (
                f' start="{start}"' if isinstance(start, int) and start != 1 else ""
            )
            return f"<ol{number}>{inside}</ol>"
        if kind == "DIVIDER":
            return "<hr>"
        if kind in ("IMAGE", "GALLERY", "GIF"):
            return self._pictures(kind, node, inside)
        return self._other(kind, node, inside)

    def _pictures(self, kind: str, node: Node, inside: str) -> str:
        if kind == "GALLERY":
            items = _dict(node, "galleryData").get("items")
            pictures = [
                _picture(_dict(_dict(item, "image"), "media"), item)
                for item in (items if isinstance(items, list) else [])
                if isinstance(item, dict)
            ]
            return "".join(f"<figure>{p}</figure>" for p in pictures) + inside
        data = _dict(node, "imageData" if kind == "IMAGE" else "gifData")
        caption = "" if inside else escape(string(data, "caption"))
        inside = f"<figcaption>{caption}</figcaption>" if caption else inside
        return (
            f"<figure>{_picture(_dict(data, 'image') or data, data)}{inside}</figure>"
        )

    def _other(self, kind: str, node: Node, inside: str) -> str:
        address, words = _first_address(node), _first_words(node)
        name = kind.replace("_", " ").lower() or "nameless part"
        if address:
            self.say(f"A part of Wix ({name}) became a link.", words or address)
            label = escape(words or address)
            return f'<p><a href="{escape(address)}">{label}</a></p>{inside}'
        place = words or " ".join(_plain(node).split())[:80]
        rest = "; its words stay" if place else ""
        self.say(f"A part of Wix ({name}) was left out{rest}.", place)
        return f"<div>{inside or escape(words)}</div>"


def _with_head(node: Node, rows: str) -> str:
    if _dict(node, "tableData").get("rowHeader") is not True:
        return rows
    first, end, others = rows.partition("</tr>")
    first = first.replace("<td>", "<th>").replace("</td>", "</th>")
    return first + end + others


def _text(data: Node) -> str:
    html = escape(string(data, "text"), quote=False).replace("\n", "<br>")
    decorations = data.get("decorations")
    for one in decorations if isinstance(decorations, list) else ():
        if not isinstance(one, dict):
            continue
        kind = one.get("type")
        if kind in _MARKS:
            html = f"<{_MARKS[kind]}>{html}</{_MARKS[kind]}>"
        elif kind == "STRIKETHROUGH":
            html = f"<s>{html}</s>"
        elif kind == "BOLD" and (one.get("fontWeightValue") or 700) >= 600:
            html = f"<strong>{html}</strong>"
        elif kind in ("LINK", "ANCHOR"):
            address = string(_dict(_dict(one, "linkData"), "link"), "url")
            html = f'<a href="{escape(address)}">{html}</a>' if address else html
    return html


def _picture(media: Node, owner: Node) -> str:
    source = _dict(media, "src")
    number, address = string(source, "id"), string(source, "url")
    if not address and number:
        address = f"https://static.wixstatic.com/media/{number}"
    if not address:
        return ""
    alt = escape(string(owner, "altText"))
    return (
        f'<img src="{escape(address)}" alt="{alt}">'
        if alt
        else (f'<img src="{escape(address)}">')
    )


def _first_address(node: Node) -> str:
    """The address that a button, video, file or preview has somewhere in its data."""
    for value in _values(node):
        if isinstance(value, str) and value.startswith(
            ("http://", "https://", "mailto:", "tel:")
        ):
            return value
    return ""


def _first_words(node: Node) -> str:
    """What a button, file, poll or map says of itself in its data."""
    waiting = [data for key, data in node.items() if key.endswith("Data")]
    while waiting:
        data = waiting.pop(0)
        if isinstance(data, dict):
            for name in ("text", "title", "name", "caption", "address"):
                if string(data, name).strip():
                    return string(data, name)
            waiting += [value for value in data.values() if isinstance(value, dict)]
    return ""


def _values(node: Any, depth: int = 0) -> list[Any]:
    if depth > _MAX_DEPTH:
        return []
    if isinstance(node, dict):
        inner = [v for key, v in node.items() if key != "nodes"]
    elif isinstance(node, list):
        inner = node
    else:
        return [node]
    return [value for one in inner for value in _values(one, depth + 1)]


def _plain(node: Node) -> str:
    texts = [string(_dict(n, "textData"), "text") for n in _nodes(node)]
    return " ".join(filter(None, texts))


def _nodes(node: Node) -> list[Node]:
    inner = node.get("nodes")
    found = [node]
    for one in inner if isinstance(inner, list) else ():
        if isinstance(one, dict):
            found += _nodes(one)
    return found


def _dict(node: Node, name: str) -> Node:
    value = node.get(name)
    return value if isinstance(value, dict) else {}
