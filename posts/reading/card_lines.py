"""The lines of a card: its paragraphs and list items. Pure."""

from lawblog.html.allowed import CLEANER
from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

_LINES = {"p", "li"}
_AROUND = {"", "ul", "ol"}


def lines(body: str) -> list[str]:
    """Cleaned HTML → each line as HTML, without its own element, cleaned once more."""
    return [CLEANER.clean(inner_html(e)).strip() for e in _elements(body)]


def texts(body: str) -> list[str]:
    """The same as plain text."""
    return [element.text() for element in _elements(body)]


def other_blocks(body: str) -> set[str]:
    """The names of what a card has no room for: headings, tables, pictures."""
    allowed = _LINES | _AROUND | {"strong", "em", "b", "i", "a", "br", "sub", "sup"}
    allowed.add("time")  # a deadline
    return {element.name for element in parse(body).walk()} - allowed


def _elements(body: str) -> list[Element]:
    found = [element for element in parse(body).walk() if element.name in _LINES]
    # A list item that holds paragraphs is told by these.
    return [
        e for e in found if not any(c.name in _LINES for c in e.walk() if c is not e)
    ]
