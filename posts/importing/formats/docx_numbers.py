"""Numbers of a Word document's paragraphs, written as Word shows them."""

from __future__ import annotations

from lxml import etree

from .docx_text import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write_number(paragraph: etree._Element, label: str) -> None:
    """Put a heading's number, which Word counts, before its words."""
    if not label.strip() or not any(e.text for e in paragraph.iter(f"{W}t")):
        return
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
    text.text = f"{label} "
    properties = paragraph.find(f"{W}pPr")
    at = 0 if properties is None else paragraph.index(properties) + 1
    paragraph.insert(at, run)


def set_numbering(properties: etree._Element | None, place: tuple[str, int]) -> None:
    """Say in a paragraph itself which list it is in, where its style alone does."""
    if properties is None or properties.find(f"{W}numPr") is not None:
        return
    said = etree.SubElement(properties, f"{W}numPr")
    etree.SubElement(said, f"{W}ilvl", {f"{W}val": str(place[1])})
    etree.SubElement(said, f"{W}numId", {f"{W}val": place[0]})
