"""An article's HTML as Markdown. Pure.

What Markdown has no sign for stays HTML, which Markdown allows; so does every block
that would not come back from Markdown as it was.
"""

import re
from functools import cache

from markdown_it import MarkdownIt

from lawblog.html.element import Element
from lawblog.html.serializing import inner_html, outer_html
from lawblog.html.tree import parse

SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")
# Of these, only what begins a line means something.
AT_BEGINNING = re.compile(r"^(\s*\d*)(?:(?<!\d)([#+\-=])|(?<=\d)([.)]))", re.MULTILINE)
# Where spaces are seen by nobody.
AROUND_BLOCKS = re.compile(
    r"\s*(</?(?:p|br|ul|ol|li|h2|h3|h4|blockquote|hr|table|figure|div|details|summary)\b[^>]*>)\s*"
)
SIGNS = {"strong": "**", "em": "*"}
HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


def to_markdown(html: str) -> str:
    """Markdown that renders as this cleaned HTML, but for spaces around blocks."""
    blocks = [_block(child) for child in parse(html).children]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _block(node: Element | str) -> str:
    if isinstance(node, str):
        return _escaped(node.strip())
    as_html = re.sub(r"\n\s*\n", "\n", outer_html(node))
    text = _written(node)
    return text if text and _same(_reader().render(text), as_html) else as_html


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(html: str) -> str:
    return AROUND_BLOCKS.sub(r"\1", inner_html(parse(html))).strip()


def _written(node: Element) -> str:
    """The block in Markdown's signs; "" where there are none for it."""
    if node.attributes:
        return ""
    if node.name == "p":
        return _line(node)
    if node.name in HEADINGS:
        return HEADINGS[node.name] + _line(node)
    if node.name == "hr":
        return "---"
    if node.name in ("ul", "ol"):
        return _list(node)
    if node.name == "blockquote":
        inner = "\n\n".join(filter(None, map(_block, node.children)))
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    return ""


def _list(node: Element) -> str:
    items = [c for c in node.children if isinstance(c, Element)]
    signs = [f"{n}. " if node.name == "ol" else "- " for n in range(1, len(items) + 1)]
    return "\n".join(
        sign + _line(item) for sign, item in zip(signs, items, strict=True)
    )


def _line(node: Element) -> str:
    text = "".join(map(_inline, node.children)).strip()
    return AT_BEGINNING.sub(r"\1\\\2\3", text)


def _inline(node: Element | str) -> str:
    if isinstance(node, str):
        return _escaped(node)
    inside = "".join(map(_inline, node.children))
    if node.name in SIGNS and not node.attributes:
        return f"{SIGNS[node.name]}{inside}{SIGNS[node.name]}"
    if node.name == "br":
        return "\\\n"
    if node.name == "a" and set(node.attributes) == {"href"}:
        return f"[{inside}](<{node.get('href')}>)"
    return outer_html(node)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(re.split(r"[ \n\t]+", text)))
