"""An element of a tree of HTML: walking it, its words, taking some of it out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

BLOCKS = set(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main "
    "menu nav ol p pre search section summary table ul".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CELLS = {"td", "th", "caption"}
ROW_GROUPS = {"thead", "tbody", "tfoot"}
TABLE_PARTS = CELLS | ROW_GROUPS | {"tr", "colgroup", "col"}


class Element:
    """`children`: Elements and texts, in order; the root's name is ""."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.children: list[Element | str] = []

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes} {self.children}>"

    def get(self, name: str) -> str:
        """An attribute's value, "" where there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> set[str]:
        return set(self.get("class").split())

    def walk(self) -> Iterator[Element]:
        """The element and all within it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            below = [c for c in element.children if isinstance(c, Element)]
            waiting.extend(reversed(below))

    def find(self, matches: Callable[[Element], bool]) -> Element | None:
        """The first element within, or the element itself, of which this holds."""
        return next(filter(matches, self.walk()), None)

    def text(self) -> str:
        """Its words, a space where a block or a line ends, spaces tidied."""
        return " ".join("".join(_words(self)).split())

    def short_text(self, length: int) -> str:
        """Its words if they are at most so many characters, else ""; at little cost,
        however much stands within."""
        found: list[str] = []
        size = 0
        for number, text in enumerate(_words(self)):
            size += len(text.strip())
            if size > length or number > 50:
                return ""
            found.append(text)
        return " ".join("".join(found).split())

    def text_of_raw(self) -> str:
        """The contents of a script or style element."""
        return "".join(child for child in self.children if isinstance(child, str))

    def remove(self, unwanted: Callable[[Element], bool]) -> list[Element]:
        """Take out the outermost elements within of which this holds; returns them."""
        gone: list[Element] = []
        waiting = [self]
        while waiting:
            element = waiting.pop()
            inner = [c for c in element.children if isinstance(c, Element)]
            going = [child for child in inner if unwanted(child)]
            if going:
                gone += going
                out = {id(child) for child in going}
                inner = [child for child in inner if id(child) not in out]
                element.children = [c for c in element.children if id(c) not in out]
            waiting += reversed(inner)
        return gone


def _words(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.name not in ("script", "style", "template"):
            if node.name in BLOCKS | TABLE_PARTS or node.name == "br":
                yield " "
                waiting.append(" ")
            waiting.extend(reversed(node.children))
