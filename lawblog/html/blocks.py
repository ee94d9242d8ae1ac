"""Cleaned HTML as the blocks that a reader sees, for comparing. Pure."""

import re
from typing import NamedTuple

from .reader import Reader

KINDS = "p h2 h3 h4 li th td caption figcaption blockquote summary".split()
# Elements around blocks that are not blocks themselves but change how these read.
FRAMES = ("ul", "ol", "div", "details")
# A paragraph within one of these counts as that element.
INNER = ("li", "th", "td", "blockquote")
STYLES = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
STYLES |= {"sup": "sup", "sub": "sub"}
_WORD = re.compile(r"\s*\S+|\s+")


class Word(NamedTuple):
    """`text` begins with the space before it, if there is one. `key` is what a reader
    cannot see but makes a difference all the same: a picture's address."""

    text: str
    style: str = ""
    key: str = ""


class Source(NamedTuple):
    """A block of a text. `attributes`: those that change how it reads, as text."""

    tag: str
    attributes: str
    words: tuple[Word, ...]


def to_blocks(html: str) -> list[Source]:
    """Cleaned HTML → its blocks in reading order, without empty ones."""
    reader = _Reader()
    reader.read(html)
    reader.finish()
    return reader.blocks


class _Reader(Reader):
    def __init__(self) -> None:
        self.blocks: list[Source] = []
        self.words: list[Word] = []
        # (tag, attributes) of the elements that are open.
        self.open: list[tuple[str, str]] = []
        self.styles: list[str] = []
        self.links: list[str] = []
        # Whether a space precedes what comes next.
        self.gap = False

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in KINDS or tag in (*FRAMES, "table", "figure", "tr"):
            self.finish()
            self.open.append((tag, as_text(attributes)))
        elif tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            kind = attributes.get("class") or "link"
            self.links.append(f"[{kind}: {attributes.get('href') or ''}]")
        elif tag == "br":
            self.add("↵")
        elif tag == "img":
            described = attributes.get("alt") or "not described"
            self.add(f"[picture: {described}]", key=attributes.get("src") or "")
        elif tag == "hr":
            self.finish()
            self.blocks.append(Source("hr", "", (Word("[line]"),)))

    def ends(self, tag: str) -> None:
        if tag in STYLES and self.styles:
            self.styles.pop()
        elif tag == "a" and self.links:
            self.add(self.links.pop())
        elif any(tag == name for name, _ in self.open):
            self.finish()
            while self.open.pop()[0] != tag:
                pass

    def says(self, words: str) -> None:
        for text in _WORD.findall(words):
            self.gap = self.gap or text[:1].isspace()
            if not text.isspace():
                self.add(text.strip(), spaced=False)

    def add(self, text: str, key: str = "", spaced: bool = True) -> None:
        gap = " " if self.words and (spaced or self.gap) else ""
        style = self.styles[-1] if self.styles else ""
        self.words.append(Word(gap + text, style, key))
        self.gap = False

    def finish(self) -> None:
        """End the block that is being read, if it has words."""
        words, self.words, self.gap = tuple(self.words), [], False
        if not words:
            return
        names = [(name, its) for name, its in self.open if name in KINDS]
        tag, attributes = names[-1] if names else ("p", "")
        outer = next((n for n in reversed(names) if n[0] in INNER), None)
        if tag == "p" and outer:
            tag = outer[0]
        lists = [f"{n} {t}" for n, t in self.open if n in FRAMES]
        attributes = " ".join([attributes, *lists]).strip()
        self.blocks.append(Source(tag, attributes, words))


def as_text(attributes: dict[str, str]) -> str:
    """Attributes as text, in order."""
    return " ".join(f"{name}={value}" for name, value in sorted(attributes.items()))
