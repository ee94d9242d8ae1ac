"""The letters and numbers of a Word document, given to the list items of its page."""

from __future__ import annotations

from lawblog.html.element import Element

from .docx_lists import Item, Numbering


def give_numbers(root: Element, numbering: Numbering) -> bool:
    """Set type, start and value of the lists in a tree; False, and nothing changed,
    if its items are not one to one those of the document."""
    _unwrap(root)
    elements = [
        e
        for e in root.walk()
        if e.name == "li" and not e.get("id").startswith(("footnote-", "endnote-"))
        if _inner_list(e) is None
    ]
    if len(elements) != len(numbering.items):
        return not elements
    lists = _lists(root)
    expected: dict[int, int] = {}  # the next number, by the list's id
    for element, item in zip(elements, numbering.items, strict=True):
        owner = lists.get(id(element))
        if owner is None or owner.name != "ol" or not item.kind:
            continue
        if id(owner) not in expected:
            _begin(owner, item)
        elif item.number != expected[id(owner)]:
            element.attributes["value"] = str(item.number)
        expected[id(owner)] = item.number + 1
    return True


def _unwrap(root: Element) -> None:
    """A list that begins on a deeper level, as below a numbered heading, stands in an
    item without words of a list around it."""
    for one in root.walk():
        items = [c for c in one.children if isinstance(c, Element)]
        while one.name in ("ol", "ul") and len(items) == 1:
            if (inner := _inner_list(items[0])) is None:
                break
            one.name, one.attributes = inner.name, inner.attributes
            one.children = inner.children
            items = [c for c in one.children if isinstance(c, Element)]


def _inner_list(item: Element) -> Element | None:
    """The list that is all an item holds."""
    inner = [c for c in item.children if isinstance(c, Element) or c.strip()]
    first = inner[0] if len(inner) == 1 else ""
    return first if isinstance(first, Element) and first.name in ("ol", "ul") else None


def _lists(root: Element) -> dict[int, Element]:
    """The list of each item, by the item's id()."""
    return {
        id(child): one
        for one in root.walk()
        if one.name in ("ol", "ul")
        for child in one.children
        if isinstance(child, Element) and child.name == "li"
    }


def _begin(owner: Element, first: Item) -> None:
    if first.kind != "1":
        owner.attributes["type"] = first.kind
    if first.number != 1:
        owner.attributes["start"] = str(first.number)
