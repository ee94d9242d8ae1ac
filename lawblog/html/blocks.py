"""Cleaned HTML as the blocks that a reader sees, for comparing. Pure."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

KINDS = "p h2 h3 h4 li th td caption figcaption blockquote".split()
# A paragraph within one of these counts as that.
INNER = ("li", "th", "td", "blockquote")
STYLES = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
STYLES |= {"sup": "sup", "sub": "sub"}
_WORD = re.compile(r"\s*\S+|\s+")


class Word(NamedTuple):
    """`text` begins with a space where one stands before it. `key` is what a reader
    cannot see and that makes a difference all the same: a picture's address."""

    text: str
    style: str = ""
    key: str = ""


class Source(NamedTuple):
    tag: str
    attributes: str
    words: tuple


def to_blocks(html):
    """Cleaned HTML → list of Source blocks, in reading order; empty ones left out."""
    reader = _Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks, self.words, self.open, self.styles = [], [], [], []
        self.links, self.gap = [], False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in KINDS or tag in ("ul", "ol", "table", "figure", "tr"):
            self.finish()
            self.open.append((tag, self.told(tag, attrs)))
        elif tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            self.links.append(attrs.get("href", ""))
        elif tag == "br":
            self.add("↵")
        elif tag == "img":
            described = attrs.get("alt") or "not described"
            self.add(f"[picture: {described}]", key=attrs.get("src", ""))
        elif tag == "hr":
            self.finish()
            self.blocks.append(Source("hr", "", (Word("[line]"),)))

    def told(self, tag, attrs):
        """What of the attributes changes how a block reads."""
        kept = {k: v for k, v in attrs.items() if v is not None}
        return " ".join(f"{k}={v}" for k, v in sorted(kept.items()))

    def handle_endtag(self, tag):
        if tag in STYLES and self.styles:
            self.styles.pop()
        elif tag == "a" and self.links:
            self.add(f"[link: {self.links.pop()}]")
        elif any(tag == name for name, _ in self.open):
            self.finish()
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        for text in _WORD.findall(data):
            self.gap = self.gap or text[:1].isspace()
            if not text.isspace():
                self.add(text.strip(), spaced=False)

    def add(self, text, key="", spaced=True):
        gap = " " if self.words and (spaced or self.gap) else ""
        style = self.styles[-1] if self.styles else ""
        self.words.append(Word(gap + text, style, key))
        self.gap = False

    def finish(self):
        words, self.words, self.gap = tuple(self.words), [], False
        if not words:
            return
        names = [(name, told) for name, told in self.open if name in KINDS]
        tag, told = names[-1] if names else ("p", "")
        outer = next((n for n in reversed(names) if n[0] in INNER), None)
        if tag == "p" and outer:
            tag = outer[0]
        lists = [f"{n} {t}" for n, t in self.open if n in ("ul", "ol")]
        told = " ".join([told, *lists]).strip()
        self.blocks.append(Source(tag, told, words))
