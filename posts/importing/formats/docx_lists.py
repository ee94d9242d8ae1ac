"""The numbers of a Word document's list items, which mammoth does not keep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from lawblog.html.list_numbers import in_letters

from .docx_numbers import set_numbering, write_number
from .docx_package import xml
from .docx_text import MAX_GENERATIONS, W

_TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class Level(NamedTuple):
    """kind: the type of an <ol>, "1", or "" for a bullet; text: “%1.%2”, a number's
    place in what is written before an item."""

    kind: str
    start: int
    text: str = ""


class Item(NamedTuple):
    """kind: as a level has it."""

    kind: str
    number: int


class Numbering:
    """The list items of a document, in order, as (kind, number). Numbers of headings
    are written into their words; `compound`: the first item's number like “1.1”."""

    def __init__(
        self, parts: dict[str, bytes], main: str, document: etree._Element
    ) -> None:
        folder = main.rpartition("/")[0]
        numbering = parts.get(f"{folder}/numbering.xml")
        styles = parts.get(f"{folder}/styles.xml")
        self.levels: dict[tuple[str, int], Level] = {}
        self.abstract: dict[str, str] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        self.headings: set[str] = set()
        self.compound = ""
        if numbering:
            self._read(xml(numbering))
        if styles:
            self._read_styles(xml(styles))
        self.items = list(self._items(document))

    def _read(self, root: etree._Element) -> None:
        kinds: dict[tuple[str, int], Level] = {}
        for one in root.findall(f"{W}abstractNum"):
            number = one.get(f"{W}abstractNumId", "")
            for level in one.findall(f"{W}lvl"):
                kinds[number, _depth(level)] = _level(level)
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
        depth = _depth(changed)
        said = self.levels.get((number, depth), Level("1", 1))
        level = changed.find(f"{W}lvl")
        if level is not None:
            said = _level(level)
        if text := _value(changed, "startOverride"):
            said = said._replace(start=int(text) if text.isdigit() else said.start)
            self.abstract[number] = f"{number} anew"  # counts by itself
        self.levels[number, depth] = said

    def _read_styles(self, root: etree._Element) -> None:
        styles = {one.get(f"{W}styleId", ""): one for one in root.findall(f"{W}style")}
        for name, style in styles.items():
            if _value(style, "name").lower().startswith(("heading ", "title")):
                self.headings.add(name)
            if place := _numbered_by(style, styles):
                self.by_style[name] = place

    def _items(self, document: etree._Element) -> Iterator[Item]:
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for paragraph in document.iter(f"{W}p"):
            place = self._place(paragraph)
            if place is None or place not in self.levels:
                continue
            level = self.levels[place]
            owner = self.abstract.get(place[0], place[0])
            key = (owner, place[1])
            counts[key] = counts[key] + 1 if key in counts else level.start
            for deeper in [k for k in counts if k[0] == owner and k[1] > place[1]]:
                del counts[deeper]
            label = self._label(place, owner, counts)
            properties = paragraph.find(f"{W}pPr")
            if _value(properties, "pStyle") in self.headings:
                write_number(paragraph, label)
                continue
            if level.text.count("%") > 1:
                self.compound = self.compound or label
            set_numbering(properties, place)
            yield Item(level.kind, counts[key])

    def _label(
        self, place: tuple[str, int], owner: str, counts: dict[tuple[str, int], int]
    ) -> str:
        """“1.1” or “Article IV”, as Word writes it; "" for a bullet."""
        number, depth = place
        if not self.levels[place].kind:
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = self.levels.get((number, at), Level("1", 1))
            return in_letters(counts.get((owner, at), level.start), level.kind)

        return re.sub(r"%([1-9])", written, self.levels[place].text)

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


def _value(element: etree._Element | None, name: str) -> str:
    one = None if element is None else element.find(f"{W}{name}")
    return one.get(f"{W}val", "") if one is not None else ""


def _depth(element: etree._Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return int(text) if text.isdigit() else 0


def _level(element: etree._Element) -> Level:
    said, start = _value(element, "numFmt"), _value(element, "start")
    kind = "" if said in ("bullet", "none") else _TYPES.get(said, "1")
    text = _value(element, "lvlText")
    return Level(kind, int(start) if start.isdigit() else 1, text)


def _numbered_by(
    style: etree._Element | None, styles: dict[str, etree._Element]
) -> tuple[str, int] | None:
    """(list, depth) that a style gives to its paragraphs, or that it is made from."""
    for _ in range(MAX_GENERATIONS):
        if style is None:
            return None
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None and (number := _value(properties, "numId")):
            depth = _value(properties, "ilvl")
            is_none = number == "0"
            return None if is_none else (number, int(depth) if depth.isdigit() else 0)
        style = styles.get(_value(style, "basedOn"))
    return None
