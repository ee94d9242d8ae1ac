"""Removes from a Word document what is not its text: deletions, comments, hidden
text."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ..article import CannotRead
from .docx_package import xml

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
# Styles made from one another; more is a circle.
MAX_GENERATIONS = 20
_OFF = {"0", "false", "off", "none"}
_NOTES = ("footnotes.xml", "endnotes.xml")
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"


class Styles:
    """The styles of a document, each with the one that it is made from."""

    def __init__(self, data: bytes | None) -> None:
        found = xml(data).iter(f"{W}style") if data else ()
        self.by_id = {style.get(f"{W}styleId", ""): style for style in found}

    def is_on(self, run: etree._Element, name: str) -> bool:
        """Whether a run's words are “vanish” or “strike”: by itself, by its style, or
        by that of its paragraph."""
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if properties.find(f"{W}{name}") is not None:
                return is_on(properties, name)
            said = self._said(properties.find(f"{W}rStyle"), name)
            if said is not None:
                return said
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        return bool(self._said(style, name))

    def _said(self, reference: etree._Element | None, name: str) -> bool | None:
        for _ in range(MAX_GENERATIONS):
            if reference is None:
                return None
            style = self.by_id.get(reference.get(f"{W}val", ""))
            if style is None:
                return None
            properties = style.find(f"{W}rPr")
            if properties is not None and properties.find(f"{W}{name}") is not None:
                return is_on(properties, name)
            reference = style.find(f"{W}basedOn")
        return None


class Document:
    """The main part, and those of its notes. `said`: (sentence, place) of whatever was
    taken out."""

    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self.parts = parts
        self.root = xml(parts[main])
        if _STRICT.encode() in parts[main][:5000]:
            raise CannotRead(
                "It is “Strict Open XML”. Save it as an ordinary .docx document."
            )
        self.main, self.folder = main, main.rpartition("/")[0]
        names = [f"{self.folder}/{name}" for name in _NOTES]
        self.notes = {name: xml(parts[name]) for name in names if name in parts}
        self.said: list[tuple[str, str]] = []

    def drop_what_is_hidden(self) -> None:
        styles = Styles(self.parts.get(f"{self.folder}/styles.xml"))
        self._drop("del", "A passage that was marked as deleted was left out.")
        self._drop("moveFrom", "", tell=False)
        for name, sentence in (
            ("vanish", "A hidden passage was left out."),
            ("strike", "A struck passage was left out."),
            ("dstrike", "A struck passage was left out."),
        ):
            self._drop_runs(name, sentence, styles)
        self._say_comments()
        if formulas := list(self._all(_MATH)):
            self.said.append((f"Formulas that were left out: {len(formulas)}.", ""))
        for name, what in (("txbxContent", "text boxes"), ("chart", "charts")):
            # A box stands there once more for older programs.
            number = sum(
                next(one.iterancestors(_CHOICE), None) is None
                for one in self._all(f"{W}{name}")
            )
            if number:
                self.said.append((f"Look at the places of {what}: {number}.", ""))

    def written(self) -> dict[str, bytes]:
        """The parts by name, with what was changed."""
        changed = {self.main: self.root, **self.notes}
        as_bytes = {
            name: etree.tostring(root, encoding="utf-8")
            for name, root in changed.items()
        }
        return {**self.parts, **as_bytes}

    def _all(self, tag: str) -> list[etree._Element]:
        return [e for root in (self.root, *self.notes.values()) for e in root.iter(tag)]

    def _drop(self, name: str, sentence: str, *, tell: bool = True) -> None:
        for element in self._all(f"{W}{name}"):
            words = text_of(element)
            parent = element.getparent()
            if parent is None or etree.QName(parent).localname in (
                "rPr",
                "trPr",
                "pPr",
            ):
                continue  # the mark of a deleted line or row, without words
            parent.remove(element)
            if tell and words:
                self._say(sentence, words)

    def _drop_runs(self, name: str, sentence: str, styles: Styles) -> None:
        before = ""
        for run in self._all(f"{W}r"):
            if not styles.is_on(run, name):
                before = ""
                continue
            words = text_of(run)
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
            if words and before:
                _, so_far = self.said.pop()
                words = so_far + words
            if words:
                self.said.append((sentence, words[:200]))
            before = words

    def _say(self, sentence: str, words: str) -> None:
        self.said.append((sentence, " ".join(words.split())[:200]))

    def _say_comments(self) -> None:
        data = self.parts.get(f"{self.folder}/comments.xml")
        for comment in xml(data).iter(f"{W}comment") if data else ():
            words = text_of(comment)
            if words.strip():
                self._say("A comment was left out.", words)


def text_of(element: etree._Element) -> str:
    names = (f"{W}t", f"{W}delText")
    return "".join(one.text or "" for one in element.iter(*names))


def is_on(properties: etree._Element, name: str) -> bool:
    element = properties.find(f"{W}{name}")
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF
