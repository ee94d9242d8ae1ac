"""Which links of a text refer to footnotes, and which elements are those. Pure.

One rule for all programs: a link to a later place that holds a link back.
"""

from urllib.parse import unquote

from .element import BLOCKS, HEADINGS, Element

_MAX_MARK_LENGTH = 12  # “[note 12]”; the entries of a table of contents are longer
_MAX_NOTE_PARTS = 30
_MAX_NOTE_LENGTH = 4_000  # characters; what is longer is a part of the text


class FootnoteLinks:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.parents: dict[int, Element] = {}
        self.order: dict[int, int] = {}
        self.places: dict[str, Element] = {}
        self.links: list[Element] = []
        self.back: dict[int, set[str]] = {}
        for number, element in enumerate(root.walk()):
            self.order[id(element)] = number
            for child in element.children:
                if isinstance(child, Element):
                    self.parents[id(child)] = element
            for name in _names(element):
                self.places.setdefault(name, element)
            if element.name == "a" and element.get("href").startswith("#"):
                self.links.append(element)

    def note_of(self, link: Element) -> Element | None:
        """The element that holds the note which a link refers to, if it does."""
        target = self.places.get(unquote(link.get("href")[1:]))
        mark = link.text()
        if target is None or not mark or len(mark) > _MAX_MARK_LENGTH:
            return None
        if self.order[id(target)] <= self.order[id(link)]:
            return None
        note = self._holder(target)
        if note is None or not self._leads_back(note, link):
            return None
        is_within = link in self.ancestors(note) or note in self.ancestors(link)
        return None if is_within else note

    def _holder(self, target: Element) -> Element | None:
        """The list item, box or paragraph around a target, if it is no more than a
        note."""
        around = [target, *self.ancestors(target)]
        found = next((e for e in around if e.name in ("li", "dd", "tr")), None)
        if found is None:
            found = next((e for e in around if e.name in BLOCKS), None)
        if found is None or found.name == "" or found.name in HEADINGS:
            return None
        box = self.parents.get(id(found))
        if found.name == "p" and box is not None and self._is_one_note(box):
            found = box
        has_headings = any(e.name in HEADINGS for e in found.walk())
        return None if has_headings or len(found.text()) > _MAX_NOTE_LENGTH else found

    def _is_one_note(self, box: Element) -> bool:
        if box.name not in ("div", "aside") or len(box.children) > _MAX_NOTE_PARTS:
            return False
        back = [e for e in box.walk() if e.name == "a" and e.get("href")[:1] == "#"]
        kinds = {c.name for c in box.children if isinstance(c, Element)}
        return len(back) == 1 and kinds <= {"p", "a", "span"}

    def _leads_back(self, note: Element, link: Element) -> bool:
        if id(note) not in self.back:
            self.back[id(note)] = {
                unquote(e.get("href")[1:])
                for e in note.walk()
                if e.name == "a" and e.get("href").startswith("#")
            }
        return bool(self.back[id(note)] & self._names_around(link))

    def _names_around(self, link: Element) -> set[str]:
        """Names of a reference: its own, those within and just around it."""
        names = {name for element in link.walk() for name in _names(element)}
        element = link
        while (parent := self.parents.get(id(element))) is not None:
            if parent.name in BLOCKS or parent.name == "":
                break
            names |= _names(parent)
            element = parent
        around = self.parents[id(link)].children
        at = next(n for n, child in enumerate(around) if child is link)
        before = around[at - 1] if at else ""
        return names | (_names(before) if isinstance(before, Element) else set())

    def ancestors(self, element: Element) -> list[Element]:
        found: list[Element] = []
        parent = self.parents.get(id(element))
        while parent is not None:
            found.append(parent)
            parent = self.parents.get(id(parent))
        return found


def _names(element: Element) -> set[str]:
    return {element.get("id"), element.get("name")} - {""}
