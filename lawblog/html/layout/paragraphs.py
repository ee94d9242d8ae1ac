"""Paragraphs, and whatever else is a block without a meaning of its own. Pure."""

from ..element import Element
from ..serializing import start_tag
from .flow import Flow
from .runs import Mark, Marks, Run, escaped
from .writer import Writer

_TERMS = {"dt", "summary"}


def write_paragraph(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    inner = writer.within(element, marks)
    start = writer.start("p", element)
    html = "" if inner.has_blocks else inner.html()
    if inner.has_blocks or writer.split:
        flow.items += inner.blocks(start)
    elif html.strip(" \t\r\n"):
        flow.block(f"{start}{html}</p>")


def write_quotation(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    inner = writer.within(element, marks)
    flow.block(f"{writer.start('blockquote', element)}{inner.html()}</blockquote>")


def write_details(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    """What opens and closes; without words to press, or with nothing to open, it is
    no more than a box."""
    inner, words = Flow(writer.split), ""
    for child in element.children:
        if isinstance(child, str):
            writer.text(child, marks, inner)
        elif child.name == "summary" and not words:
            # Nothing else can be pressed in what one presses.
            words = escaped(child.text())
        else:
            writer.element(child, marks, inner)
    blocks = "".join(map(str, inner.blocks("<p>")))
    if words and blocks:
        flow.block(f"<details><summary>{words}</summary>{blocks}</details>")
    else:
        write_box(writer, element, marks, flow)


def write_callout(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    blocks = "".join(map(str, writer.within(element, marks).blocks("<p>")))
    if blocks:
        flow.block(f'<div class="callout">{blocks}</div>')


def write_box(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    """An element that is a block and nothing else: its blocks, or a paragraph."""
    if "callout" in element.classes:
        write_callout(writer, element, marks, flow)
        return
    was = writer.is_preformatted
    writer.is_preformatted = was or element.name == "pre"
    inner = writer.within(element, marks)
    writer.is_preformatted = was
    if element.name in _TERMS and not inner.has_blocks and inner.html().strip():
        strong = Mark("strong")
        inner.items = [
            [Run((strong, *run.marks), run.html) for run in item]
            for item in inner.items
            if not isinstance(item, str)
        ]
    kept = {k: element.get(k) for k in ("lang", "dir") if element.get("dir") == "rtl"}
    flow.items += inner.blocks(start_tag("p", {k: v for k, v in kept.items() if v}))
