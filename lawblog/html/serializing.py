"""A tree written as HTML again, unchanged in meaning. Pure."""

from __future__ import annotations

from html import escape

from .element import Element
from .tokens import RAW_TEXT, VOID


def outer_html(element: Element) -> str:
    start = start_tag(element.name, element.attributes)
    if element.name in VOID:
        return start
    return f"{start}{inner_html(element)}</{element.name}>"


def start_tag(name: str, attributes: dict[str, str]) -> str:
    inside = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{inside}>"


def inner_html(element: Element) -> str:
    return "".join(
        outer_html(child)
        if isinstance(child, Element)
        else child
        if element.name in RAW_TEXT
        else escape(child, quote=False)
        for child in element.children
    )
