"""Lists, each list within a list in the item that it belongs to. Pure."""

from ..element import Element
from .flow import Flow
from .runs import Marks
from .writer import Writer

LISTS = {"ul", "ol", "menu", "dir"}


def write_list(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    name = "ol" if element.name == "ol" else "ul"
    parts: list[list[str]] = []
    last: list[str] | None = None
    for child in element.children:
        if isinstance(child, str) and not child.strip():
            parts.append([child])
        elif last and isinstance(child, Element) and child.name in LISTS:
            # A list right within a list belongs to the item before it.
            last.insert(-1, _nested(writer, child, marks))
        elif item := _item(writer, child, marks):
            last = item
            parts.append(item)
    if last:
        inside = "".join("".join(part) for part in parts)
        flow.block(f"{writer.start(name, element)}{inside}</{name}>")


def _nested(writer: Writer, element: Element, marks: Marks) -> str:
    flow = Flow()
    write_list(writer, element, marks, flow)
    return flow.html()


def _item(writer: Writer, child: Element | str, marks: Marks) -> list[str]:
    """A child of a list as an item, or nothing if it holds nothing."""
    if isinstance(child, Element) and child.name == "li":
        inside = _inside(writer.within(child, marks))
        return [writer.start("li", child), writer.trimmed(inside), "</li>"]
    holder = Element("")
    holder.children = [child]
    inner = writer.within(holder, marks)
    return ["<li>", _inside(inner), "</li>"] if inner.html().strip() else []


def _inside(flow: Flow) -> str:
    """The inside of an item: words beside a nested list need no paragraph."""
    others = [
        item
        for item in flow.items
        if isinstance(item, str) and not item.startswith(("<ul", "<ol"))
    ]
    return flow.html(wrap=bool(others))
