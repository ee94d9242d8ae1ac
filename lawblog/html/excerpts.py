"""An article's text as numbered excerpts, for checks that point at a place. Pure."""

from dataclasses import dataclass, field

from .reader import Reader

BLOCKS = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption", "summary"}

Attributes = dict[str, str | None]


@dataclass
class Excerpt:
    """One paragraph, heading, list item or cell. `number` counts from 1 as they are
    read; links: (text, address) pairs; pictures: the attributes of each."""

    number: int
    tag: str
    is_quoted: bool = False
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Attributes] = field(default_factory=list)


class _Reader(Reader):
    def __init__(self) -> None:
        self.excerpts: list[Excerpt] = []
        self.quotes = 0
        self.is_open = False
        # (address, where its text begins, where its pictures begin) in the block.
        self.link: tuple[str, int, int] | None = None

    @property
    def block(self) -> Excerpt:
        """The block being read. Text or pictures outside any begin one of their own."""
        if not self.is_open:
            self._open("p")
        return self.excerpts[-1]

    def _open(self, tag: str) -> None:
        self.excerpts.append(Excerpt(len(self.excerpts) + 1, tag, bool(self.quotes)))
        self.is_open = True

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "blockquote":
            self.quotes += 1
            self.is_open = False
        elif tag in BLOCKS:
            self._open(tag)
        elif tag == "br":
            self.says(" ")
        elif tag == "img":
            self.block.pictures.append(dict(attributes))
        elif tag == "a":
            start = len(self.block.text), len(self.block.pictures)
            self.link = (attributes.get("href", ""), *start)

    def ends(self, tag: str) -> None:
        if tag == "blockquote":
            self.quotes -= 1
        if tag == "a" and self.link:
            address, start, pictures = self.link
            described = [p.get("alt") or "" for p in self.block.pictures[pictures:]]
            text = " ".join([self.block.text[start:], *described]).strip()
            self.block.links.append((text, address))
            self.link = None
        elif tag in BLOCKS or tag == "blockquote":
            self.is_open = False

    def says(self, words: str) -> None:
        if words.strip() or self.is_open:
            self.block.text += words


def excerpts(html: str) -> list[Excerpt]:
    """Cleaned HTML → its Excerpts, in order."""
    reader = _Reader()
    reader.read(html)
    for excerpt in reader.excerpts:
        excerpt.text = " ".join(excerpt.text.split())
    return reader.excerpts
