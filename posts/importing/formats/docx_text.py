"""What a Word document holds beside its words: deletions, comments, hidden text."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ..article import CannotRead

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_OFF = {"0", "false", "off", "none"}


class Document:
    """The main part. `said`: (sentence, place) of whatever was taken out."""

    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self.parts = parts
        self.root = xml(parts[main])
        if _STRICT.encode() in parts[main][:5000]:
            raise CannotRead(
                "It is “Strict Open XML”. Save it as an ordinary .docx document."
            )
        self.folder = main.rpartition("/")[0]
        self.said: list[tuple[str, str]] = []

    def drop_what_is_hidden(self) -> None:
        hidden = self._hidden_styles()
        self._drop("del", "A passage that was marked as deleted was left out.")
        self._drop("moveFrom", "", tell=False)
        for name, sentence in (
            ("vanish", "A hidden passage was left out."),
            ("strike", "A struck passage was left out."),
            ("dstrike", "A struck passage was left out."),
        ):
            self._drop_runs(name, sentence, hidden if name == "vanish" else set())
        self._say_comments()
        if formulas := list(self.root.iter(_MATH)):
            self.said.append((f"Formulas that were left out: {len(formulas)}.", ""))
        for name, what in (("txbxContent", "text boxes"), ("chart", "charts")):
            number = sum(1 for _ in self.root.iter(f"{W}{name}"))
            if number:
                self.said.append((f"Look at the places of {what}: {number}.", ""))

    def _hidden_styles(self) -> set[str]:
        data = self.parts.get(f"{self.folder}/styles.xml")
        styles = xml(data).iter(f"{W}style") if data else ()
        return {
            style.get(f"{W}styleId", "")
            for style in styles
            if (properties := style.find(f"{W}rPr")) is not None
            and is_on(properties, "vanish")
        }

    def _drop(self, name: str, sentence: str, *, tell: bool = True) -> None:
        for element in list(self.root.iter(f"{W}{name}")):
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

    def _drop_runs(self, name: str, sentence: str, styles: set[str]) -> None:
        before = ""
        for run in list(self.root.iter(f"{W}r")):
            properties = run.find(f"{W}rPr")
            style = properties.find(f"{W}rStyle") if properties is not None else None
            is_styled = style is not None and style.get(f"{W}val") in styles
            if properties is None or not (is_on(properties, name) or is_styled):
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


def xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise CannotRead(
            "The document is damaged. Open it in Word, and save it again."
        ) from None


def text_of(element: etree._Element) -> str:
    names = (f"{W}t", f"{W}delText")
    return "".join(one.text or "" for one in element.iter(*names))


def is_on(properties: etree._Element, name: str) -> bool:
    element = properties.find(f"{W}{name}")
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF
