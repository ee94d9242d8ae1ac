"""Tables: rows, cells, a caption, and what stood beside them. Pure."""

from collections.abc import Sequence

from ..element import Element
from .flow import Flow
from .runs import Marks
from .writer import Writer

_TABLE_ROOMS = {"thead": "thead", "tbody": "tbody", "tfoot": "tbody"}


def write_table(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    rows = _Rows(writer, marks)
    rows.read(element)
    rows.enter("")
    flow.items += rows.beside.blocks("<p>")
    if rows.number:
        flow.block(f"<table>{''.join(rows.written)}</table>")
    else:
        flow.items += rows.caption.blocks("<p>")


class _Rows:
    """The inside of a table as HTML, and what stood in it beside its cells."""

    def __init__(self, writer: Writer, marks: Marks) -> None:
        self.writer, self.marks = writer, marks
        self.written: list[str] = []
        self.number = 0
        self.caption = Flow()
        self.room = ""  # thead or tbody, while it is open
        self.beside = Flow()

    def read(self, element: Element, room: str = "tbody") -> None:
        # The foot is read last, wherever it stands.
        for child in sorted(element.children, key=_is_foot):
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
            elif child.name in ("colgroup", "col"):
                # Where nobody ended it, all rows seem to stand in it.
                self.read(child, room)
            else:
                self.writer.element(child, self.marks, self.beside)

    def enter(self, room: str) -> None:
        if room != self.room:
            self.written += [f"</{self.room}>"] * bool(self.room)
            self.written += [f"<{room}>"] * bool(room)
            self.room = room

    def _text(self, text: str) -> None:
        if text.strip():
            self.writer.text(text, self.marks, self.beside)
        else:
            self.written.append(text)

    def _caption(self, element: Element) -> None:
        flow = self.writer.within(element, self.marks)
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
                html = self.writer.within(cell, self.marks).html()
                start = self.writer.start(cell.name, cell)
                written.append(f"{start}{self.writer.trimmed(html)}</{cell.name}>")
            elif isinstance(cell, Element):
                self.writer.element(cell, self.marks, loose)
            elif cell.strip():
                self.writer.text(cell, self.marks, loose)
            else:
                written.append(cell)
        self.beside.items += loose.blocks("<p>")
        if any(map(str.strip, written)):
            self.enter(room)
            self.number += 1
            self.written.append(f"<tr>{''.join(written)}</tr>")


def _is_foot(child: Element | str) -> bool:
    return isinstance(child, Element) and child.name == "tfoot"
