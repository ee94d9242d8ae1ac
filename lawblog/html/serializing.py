"""A tree written as HTML again, unchanged in meaning. Pure."""

from __future__ import annotations

from html import escape

from .element import Element
from .tokens import VOID

_RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes"}


def outer_html(element: Element) -> str:
    inside = "".join(
        f' {name}="{escape(value)}"' for name, value in element.attributes.items()
    )
    start = f"<{element.name}{inside}>"
    if element.name in VOID:
        return start
    return f"{start}{inner_html(element)}</{element.name}>"


def inner_html(element: Element) -> str:
    return "".join(
        outer_html(child)
        if isinstance(child, Element)
        else child
        if element.name in _RAW
        else escape(child, quote=False)
        for child in element.children
    )
