"""The inside of a table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .flow import Flow
from .inline import Marks
from .tree import Element

if TYPE_CHECKING:
    from .layout import Layout

_TABLE_ROOMS = {"thead": "thead", "tbody": "tbody", "tfoot": "tbody"}


class Rows:
    """The inside of a table as HTML, and what stood in it beside its cells."""

    def __init__(self, layout: Layout, marks: Marks) -> None:
        self.layout, self.marks = layout, marks
        self.written: list[str] = []
        self.number = 0
        self.caption = Flow()
        self.room = ""  # thead or tbody, while it is open
        self.beside = Flow()

    def read(self, element: Element, room: str = "tbody") -> None:
        for child in element.children:
            if isinstance(child, str):
                self._text(child)
            elif child.name in _TABLE_ROOMS:
                room_of_its_own = _TABLE_ROOMS[child.name]
                if any(not isinstance(row, str) for row in child.children):
                    self.enter(room_of_its_own)
                self.read(child, room_of_its_own)
                self.enter("")
            elif child.name == "tr":
                self._row(child.children, room)
            elif child.name in ("td", "th"):
                self._row([child], room)
            elif child.name == "caption":
                self._caption(child)
            elif child.name not in ("colgroup", "col"):
                self.layout.element(child, self.marks, self.beside)

    def enter(self, room: str) -> None:
        if room != self.room:
            self.written += [f"</{self.room}>"] * bool(self.room)
            self.written += [f"<{room}>"] * bool(room)
            self.room = room

    def _text(self, text: str) -> None:
        if text.strip():
            self.layout.text(text, self.marks, self.beside)
        else:
            self.written.append(text)

    def _caption(self, element: Element) -> None:
        flow = self.layout.within(element, self.marks)
        words = flow.html()
        if words.strip() and not self.caption.items:
            self.caption = flow
            at = 0 if self.number else len(self.written)
            self.written.insert(at, f"<caption>{words}</caption>")
        else:
            self.beside.items += flow.blocks("<p>")

    def _row(self, cells: Sequence[Element | str], room: str) -> None:
        written: list[str] = []
        loose = Flow()
        for cell in cells:
            if isinstance(cell, Element) and cell.name in ("td", "th"):
                html = self.layout.within(cell, self.marks).html()
                html = html.strip() if self.layout.split else html
                start = self.layout.start(cell.name, cell)
                written.append(f"{start}{html}</{cell.name}>")
            elif isinstance(cell, Element):
                self.layout.element(cell, self.marks, loose)
            elif cell.strip():
                self.layout.text(cell, self.marks, loose)
            else:
                written.append(cell)
        self.beside.items += loose.blocks("<p>")
        if any(map(str.strip, written)):
            self.enter(room)
            self.number += 1
            self.written.append(f"<tr>{''.join(written)}</tr>")
