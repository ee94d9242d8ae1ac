"""The numbers of a Word document's list items, which mammoth does not keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from lawblog.html.element import Element

from .docx_text import W, xml

_TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class Item(NamedTuple):
    """kind: the type of an <ol>, "1", or "" for a bullet."""

    kind: str
    number: int


class Numbering:
    """The list items of a document, in order, as (kind, number)."""

    def __init__(
        self, parts: dict[str, bytes], main: str, document: etree._Element
    ) -> None:
        folder = main.rpartition("/")[0]
        numbering = parts.get(f"{folder}/numbering.xml")
        styles = parts.get(f"{folder}/styles.xml")
        self.levels: dict[tuple[str, int], tuple[str, int]] = {}
        self.abstract: dict[str, str] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        if numbering:
            self._read(xml(numbering))
        if styles:
            self._read_styles(xml(styles))
        self.items = list(self._items(document))

    def _read(self, root: etree._Element) -> None:
        kinds: dict[tuple[str, int], tuple[str, int]] = {}
        for one in root.findall(f"{W}abstractNum"):
            number = one.get(f"{W}abstractNumId", "")
            for level in one.findall(f"{W}lvl"):
                kinds[number, _level(level)] = (_kind(level), _start(level))
        for one in root.findall(f"{W}num"):
            number = one.get(f"{W}numId", "")
            abstract = _value(one, "abstractNumId")
            self.abstract[number] = abstract
            for (owner, depth), said in kinds.items():
                if owner == abstract:
                    self.levels[number, depth] = said
            for changed in one.findall(f"{W}lvlOverride"):
                self._override(number, changed)

    def _override(self, number: str, changed: etree._Element) -> None:
        depth = _level(changed)
        kind, start = self.levels.get((number, depth), ("1", 1))
        level = changed.find(f"{W}lvl")
        if level is not None:
            kind, start = _kind(level), _start(level)
        if text := _value(changed, "startOverride"):
            start = int(text) if text.isdigit() else start
            self.abstract[number] = f"{number} anew"  # counts by itself
        self.levels[number, depth] = (kind, start)

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.findall(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None and (number := _value(properties, "numId")):
                depth = _value(properties, "ilvl")
                name = style.get(f"{W}styleId", "")
                self.by_style[name] = (number, int(depth) if depth.isdigit() else 0)

    def _items(self, document: etree._Element) -> Iterator[Item]:
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for paragraph in document.iter(f"{W}p"):
            place = self._place(paragraph)
            if place is None or place not in self.levels:
                continue
            kind, start = self.levels[place]
            owner = self.abstract.get(place[0], place[0])
            key = (owner, place[1])
            counts[key] = counts[key] + 1 if key in counts else start
            for deeper in [k for k in counts if k[0] == owner and k[1] > place[1]]:
                del counts[deeper]
            yield Item(kind, counts[key])

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        own = properties.find(f"{W}numPr")
        if own is not None:
            number, depth = _value(own, "numId"), _value(own, "ilvl")
            if number:
                # “0” takes a paragraph out of the list of its style.
                is_none = number == "0"
                return (
                    None if is_none else (number, int(depth) if depth.isdigit() else 0)
                )
        return self.by_style.get(_value(properties, "pStyle"))


def give_numbers(root: Element, numbering: Numbering) -> bool:
    """Set type, start and value of the lists in a tree; False, and nothing changed,
    if its items are not one to one those of the document."""
    elements = [
        e
        for e in root.walk()
        if e.name == "li" and not e.get("id").startswith(("footnote-", "endnote-"))
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


def _value(element: etree._Element, name: str) -> str:
    one = element.find(f"{W}{name}")
    return one.get(f"{W}val", "") if one is not None else ""


def _level(element: etree._Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return int(text) if text.isdigit() else 0


def _kind(level: etree._Element) -> str:
    said = _value(level, "numFmt")
    return "" if said in ("bullet", "none") else _TYPES.get(said, "1")


def _start(level: etree._Element) -> int:
    text = _value(level, "start")
    return int(text) if text.isdigit() else 1
