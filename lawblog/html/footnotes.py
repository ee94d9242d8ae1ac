"""Footnotes of any program become our own notes, written where they belong. Pure.

One rule for all of them: a link to a later place that holds a link back.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from .tree import BLOCKS, Element

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_MARK_LENGTH = 12  # “[note 12]”; the entries of a table of contents are longer
_NOTE_PARTS = 30
_NOTE_LENGTH = 4_000  # characters; what is longer is a part of the text
_MARK_BEFORE = re.compile(r"^[\s\]).^]+")
_AROUND = "[]()* \xa0^."
# What separates the notes from the text goes with them.
_RULES = {"hr", "br"}


def move_notes(root: Element) -> int:
    """Put the text of every footnote, in double brackets, in the place of its
    reference; returns how many. The tree is changed."""
    document = _Document(root)
    moved = [
        (link, note, document.inside(note))
        for link in document.links
        if (note := document.note_of(link)) is not None
    ]
    # A reference within another note went with that note's links.
    placed = [
        note
        for link, note, words in moved
        if document.replace(link, ["[[", *words, "]]"])
    ]
    for note in {id(note): note for note in placed}.values():
        document.take_away(note)
    return len(placed)


class _Document:
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
        if target is None or not mark or len(mark) > _MARK_LENGTH:
            return None
        if self.order[id(target)] <= self.order[id(link)]:
            return None
        note = self._holder(target)
        if note is None or not self._leads_back(note, link):
            return None
        is_within = link in self._ancestors(note) or note in self._ancestors(link)
        return None if is_within else note

    def _holder(self, target: Element) -> Element | None:
        """The item, box or paragraph around a target that is no more than a note."""
        around = [target, *self._ancestors(target)]
        found = next((e for e in around if e.name in ("li", "dd", "tr")), None)
        if found is None:
            found = next((e for e in around if e.name in BLOCKS), None)
        if found is None or found.name == "" or found.name in _HEADINGS:
            return None
        box = self.parents.get(id(found))
        if found.name == "p" and box is not None and self._is_one_note(box):
            found = box
        has_headings = any(e.name in _HEADINGS for e in found.walk())
        return None if has_headings or len(found.text()) > _NOTE_LENGTH else found

    def _is_one_note(self, box: Element) -> bool:
        if box.name not in ("div", "aside") or len(box.children) > _NOTE_PARTS:
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

    def _ancestors(self, element: Element) -> list[Element]:
        found: list[Element] = []
        parent = self.parents.get(id(element))
        while parent is not None:
            found.append(parent)
            parent = self.parents.get(id(parent))
        return found

    def inside(self, note: Element) -> list[Element | str]:
        """The words of a note: no link back, no mark, paragraphs as lines."""
        note.remove(lambda e: e.name == "a" and e.get("href").startswith("#"))
        note.remove(
            lambda e: (
                e.name in ("sup", "b", "span")
                and not e.text().strip(_AROUND)
                and not e.find(lambda i: i.name == "img")
            )
        )
        words = _as_lines(note)
        while words and isinstance(words[0], str) and not words[0].strip(_AROUND):
            words.pop(0)
        while words and isinstance(words[-1], str) and not words[-1].strip():
            words.pop()
        _trim(words, 0, lambda text: _MARK_BEFORE.sub("", text))
        _trim(words, -1, str.rstrip)
        return words

    def replace(self, link: Element, words: list[Element | str]) -> bool:
        """Put a note in the place of its reference and of what is only its frame;
        False if the reference is gone. No note can stand in a heading: it goes to the
        end of the paragraph below."""
        outer, mark = link, link.text().strip(_AROUND)
        while (parent := self.parents[id(outer)]).name in ("sup", "span", "small", "b"):
            if parent.text().strip(_AROUND) != mark:
                break
            outer = parent
        heading = next((e for e in self._ancestors(link) if e.name in _HEADINGS), None)
        home = self.parents[id(outer)]
        at = next((n for n, c in enumerate(home.children) if c is outer), -1)
        if at < 0:
            return False
        if heading is None:
            home.children[at : at + 1] = words
            return True
        del home.children[at]
        self._put_below(heading, words)
        return True

    def _put_below(self, heading: Element, words: list[Element | str]) -> None:
        around = self.parents[id(heading)].children
        place = next(n for n, child in enumerate(around) if child is heading) + 1
        below = next((c for c in around[place:] if isinstance(c, Element)), None)
        if below is not None and below.name == "p":
            below.children += words
        else:
            paragraph = Element("p")
            paragraph.children = words
            around.insert(place, paragraph)

    def take_away(self, note: Element) -> None:
        """Remove a note, and whatever of its frame holds no words any more."""
        gone = note
        while (parent := self.parents.get(id(gone))) is not None:
            at = next((n for n, c in enumerate(parent.children) if c is gone), None)
            if at is None:
                return
            del parent.children[at]
            while at and _is_rule(parent.children[at - 1]):
                at -= 1
                if not isinstance(parent.children[at], str):
                    rest = parent.children[at + 1 :]
                    if any(not _is_rule(child) for child in rest):
                        break
                    del parent.children[at]
            if parent.name == "" or not _is_empty_frame(parent):
                return
            gone = parent


def _trim(words: list[Element | str], at: int, cut: Callable[[str], str]) -> None:
    """Cut the outermost text at one end, however deep it stands."""
    while words:
        outermost = words[at]
        if isinstance(outermost, str):
            words[at] = cut(outermost)
            return
        words = outermost.children


def _names(element: Element) -> set[str]:
    return {element.get("id"), element.get("name")} - {""}


def _is_rule(node: Element | str) -> bool:
    return not node.strip() if isinstance(node, str) else node.name in _RULES


def _is_empty_frame(element: Element) -> bool:
    """Whether nothing is left but the heading “Footnotes” of a part for them."""
    if element.name in ("body", "html", "article", "main"):
        return False
    headings = 0
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if node.strip():
                return False
        elif node.name in _HEADINGS:
            headings += 1
        elif node.name == "img":
            return False
        else:
            waiting += node.children
    return headings <= 1


def _as_lines(note: Element) -> list[Element | str]:
    """The contents of a note without its paragraphs, a <br> between two of them."""
    words: list[Element | str] = []
    for child in note.children:
        if isinstance(child, Element) and child.name in BLOCKS:
            inner = _as_lines(child)
            if not child.text():
                continue
            if any(not isinstance(w, str) or w.strip() for w in words):
                words.append(Element("br"))
            words += inner
        else:
            if isinstance(child, str):
                child = child.replace("[[", "[ [").replace("]]", "] ]")
            words.append(child)
    return words
