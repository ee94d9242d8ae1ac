"""Text whose paragraphs are blank lines, as old editors of WordPress store it. Pure."""

from __future__ import annotations

import re

_BLOCK = (
    r"(?:table|thead|tfoot|caption|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map"
    r"|area|blockquote|address|p|h[1-6]|hr|fieldset|legend|section|article|aside|header"
    r"|footer|nav|figure|figcaption|details|summary|iframe|script|style)"
)
_WHOLE = re.compile(
    r"(<pre\b.*?</pre>|<script\b.*?</script>|<style\b.*?</style>)", re.S | re.I
)
_AROUND = re.compile(rf"\s*(</?{_BLOCK}\b[^>]*>)\s*", re.IGNORECASE)
_STARTS_BLOCK = re.compile(rf"\s*</?{_BLOCK}\b", re.IGNORECASE)


def with_paragraphs(text: str) -> str:
    """A blank line ends a paragraph, a single one is a line break; elements that are
    blocks already stay as they are."""
    parts = _WHOLE.split(text)
    parts[::2] = [_paragraphs(part) for part in parts[::2]]
    return "".join(parts)


def _paragraphs(text: str) -> str:
    text = _AROUND.sub(r"\n\n\1\n\n", text)
    written = []
    depth = 0
    for part in re.split(r"\n\s*\n", text):
        part = part.strip("\n")
        if not part.strip():
            continue
        if _STARTS_BLOCK.match(part):
            depth += _step(part)
            written.append(part)
        elif depth > 0:
            written.append(part.replace("\n", "<br>\n"))
        else:
            lines = part.strip().replace("\n", "<br>\n")
            written.append(f"<p>{lines}</p>")
    return "\n".join(written)


def _step(tag: str) -> int:
    """+1 where a list, table or paragraph opens, whose lines are no paragraphs."""
    match = re.match(r"\s*<(/?)(\w+)", tag)
    inside = {"ul", "ol", "dl", "table", "p", "li", "td", "th", "h1", "h2", "h3", "h4"}
    inside |= {"h5", "h6", "figcaption", "dt", "dd", "caption", "figure", "summary"}
    if not match or match[2].lower() not in inside:
        return 0
    return -1 if match[1] else 1
