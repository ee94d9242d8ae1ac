"""An article's text as numbered excerpts, for checks that point at a place. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption"}


@dataclass
class Excerpt:
    """One paragraph, heading, list item or cell. `number` counts from 1, in the order
    in which they are read; links: (text, address) pairs; pictures: attribute dicts."""

    number: int
    tag: str
    is_quoted: bool = False
    text: str = ""
    links: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.excerpts = []
        self.quotes = 0
        self.is_open = False
        self.link = None

    @property
    def block(self):
        """The block being read; text and pictures may also stand in none."""
        if not self.is_open:
            self._open("p")
        return self.excerpts[-1]

    def _open(self, tag):
        self.excerpts.append(Excerpt(len(self.excerpts) + 1, tag, bool(self.quotes)))
        self.is_open = True

    def handle_starttag(self, tag, attributes):
        if tag == "blockquote":
            self.quotes += 1
            self.is_open = False
        elif tag in BLOCKS:
            self._open(tag)
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "img":
            self.block.pictures.append(dict(attributes))
        elif tag == "a":
            start = len(self.block.text), len(self.block.pictures)
            self.link = (dict(attributes).get("href", ""), *start)

    def handle_endtag(self, tag):
        if tag == "blockquote":
            self.quotes -= 1
        if tag == "a" and self.link:
            address, start, pictures = self.link
            described = [p.get("alt", "") for p in self.block.pictures[pictures:]]
            text = " ".join([self.block.text[start:], *described]).strip()
            self.block.links.append((text, address))
            self.link = None
        elif tag in BLOCKS or tag == "blockquote":
            self.is_open = False

    def handle_data(self, data):
        if data.strip() or self.is_open:
            self.block.text += data


def excerpts(html):
    """Cleaned HTML → its Excerpts that hold words, links or pictures, as numbered."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for excerpt in reader.excerpts:
        excerpt.text = " ".join(excerpt.text.split())
    return reader.excerpts
