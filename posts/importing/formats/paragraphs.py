"""Text whose paragraphs are blank lines, as old editors of WordPress store it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK = (
    r"(?:table|thead|tfoot|caption|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map"
    r"|area|blockquote|address|p|h[1-6]|hr|fieldset|legend|section|article|aside|header"
    r"|footer|nav|figure|figcaption|details|summary|iframe|script|style)"
)
_WHOLE = re.compile(r"<(pre|script|style)\b", re.IGNORECASE)
_TAG = re.compile(rf"(</?{_BLOCK}\b[^<>]*>)", re.IGNORECASE)
_STARTS_BLOCK = re.compile(rf"</?{_BLOCK}\b", re.IGNORECASE)


def with_paragraphs(text: str) -> str:
    """A blank line ends a paragraph, a single one is a line break; elements that are
    blocks already stay as they are."""
    return "".join(
        part if is_whole else _paragraphs(part) for is_whole, part in _parts(text)
    )


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """(whether it stays as it is, a part of the text), in order."""
    low, begin, at = text.lower(), 0, 0
    while match := _WHOLE.search(text, at):
        end = low.find(f"</{match[1].lower()}>", match.end())
        if end < 0:
            break
        end += len(match[1]) + 3
        yield False, text[begin : match.start()]
        yield True, text[match.start() : end]
        begin = at = end
    yield False, text[begin:]


def _paragraphs(text: str) -> str:
    text = _TAG.sub(r"\n\n\1\n\n", text)
    written = []
    depth = 0
    for part in re.split(r"\n\s*\n", text):
        part = part.strip()
        if not part:
            continue
        if _STARTS_BLOCK.match(part):
            depth += _step(part)
            written.append(part)
        elif depth > 0:
            written.append(part.replace("\n", "<br>\n"))
        else:
            lines = part.replace("\n", "<br>\n")
            written.append(f"<p>{lines}</p>")
    return "\n".join(written)


def _step(tag: str) -> int:
    """+1 where a list, table or paragraph opens, whose lines are not paragraphs."""
    match = re.match(r"<(/?)(\w+)", tag)
    inside = {"ul", "ol", "dl", "table", "p", "li", "td", "th", "h1", "h2", "h3", "h4"}
    inside |= {"h5", "h6", "figcaption", "dt", "dd", "caption", "figure", "summary"}
    if not match or match[2].lower() not in inside:
        return 0
    return -1 if match[1] else 1
