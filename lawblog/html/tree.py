"""Any HTML as a tree of elements, as a browser would see it, more or less. Pure.

More or less: paragraphs, list items and cells end where HTML says that they do, bold
and links that are not closed in order reach as far as in a browser; what stands in a
wrong place of a table stays there. Deeper than DEPTH, elements stand side by side, so
that whoever walks the tree may call itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from .tokens import END, RAW, START, TEXT, VOID, Token, tokens

DEPTH = 64  # browsers stop at 512
# Copies of cut formatting made in one document: a heap of <b><p><b><p> has no end.
_COPIES = 2_000

# Reopened in the next block where a block's end cuts them (HTML's active formatting).
FORMATTING = set("a b big code em font i nobr s small strike strong tt u".split())
BLOCKS = set(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav "
    "ol p pre search section summary table ul".split()
)
CELLS = {"td", "th", "caption"}
_ROWS = {"tr"}
_GROUPS = {"thead", "tbody", "tfoot"}
_TABLE_PARTS = CELLS | _ROWS | _GROUPS | {"colgroup", "col"}
_LISTS = {"ul", "ol", "menu", "dir"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REOPENED = 5
# An end tag or an implied end reaches no further than the cell or table around it.
_SCOPE = CELLS | {"table", "button", "object", "marquee", "template"}
# A start tag ends open elements of these names, unless a barrier stands between.
_CLOSES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "li": (("li",), _LISTS | _SCOPE),
    **dict.fromkeys(("dt", "dd"), (("dt", "dd"), {"dl"} | _SCOPE)),
    "option": (("option",), {"select", "datalist"}),
    **dict.fromkeys(_HEADINGS, (_HEADINGS, BLOCKS - set(_HEADINGS) | _SCOPE)),
    "a": (("a",), _SCOPE),
    **dict.fromkeys(CELLS, (tuple(CELLS), {"table"})),
    "tr": ((*CELLS, "tr"), {"table"}),
    **dict.fromkeys(_GROUPS, ((*CELLS, "tr", *_GROUPS), {"table"})),
}


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

    def unwrap(self, unwanted: Callable[[Element], bool]) -> None:
        """Put the contents of such elements in their place."""
        for element in list(self.walk()):
            kept: list[Element | str] = []
            waiting = element.children[::-1]
            while waiting:
                child = waiting.pop()
                if isinstance(child, Element) and unwanted(child):
                    waiting.extend(reversed(child.children))
                else:
                    kept.append(child)
            element.children = kept


def _words(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.name not in ("script", "style", "template"):
            if node.name in BLOCKS | _TABLE_PARTS or node.name == "br":
                yield " "
                waiting.append(" ")
            waiting.extend(reversed(node.children))


def parse(html: str) -> Element:
    """The root of the tree. html, head and body are elements like any other."""
    builder = _Builder()
    for token in tokens(html):
        builder.take(token)
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self.open = [self.root]
        self.counts: Counter[str] = Counter()  # of the names in `open`
        self.copies = 0

    def take(self, token: Token) -> None:
        if token.kind in (TEXT, RAW):
            self.open[-1].children.append(token.text)
        elif token.kind == START:
            self._start(token)
        elif token.kind == END:
            self._end(token.name)

    def _start(self, token: Token) -> None:
        name = token.name
        cut = self._close("p", _SCOPE) if name in BLOCKS else []
        names, barriers = _CLOSES.get(name, ((), _SCOPE))
        for other in names:
            cut += self._close(other, barriers)
        element = Element(name, token.attributes)
        if name in VOID:
            self.open[-1].children.append(element)
            return
        self._push(element)
        if name not in _TABLE_PARTS and name != "table":
            self._reopen(cut)

    def _end(self, name: str) -> None:
        if name == "br" or (name == "p" and not self.counts["p"]):
            self.open[-1].children.append(Element(name))  # as browsers do
        elif name in FORMATTING:
            self._reopen(self._close(name, _SCOPE | BLOCKS))
        elif name in _HEADINGS:
            for heading in _HEADINGS:
                self._close(heading, _SCOPE)
        elif name in _TABLE_PARTS or name == "table":
            self._close(name, {"table"})
        else:
            self._reopen(self._close(name, _SCOPE))

    def _close(self, name: str, barriers: Collection[str]) -> list[Element]:
        """End the nearest open element of this name, and all within it. Returns
        copies of the formatting that its end cuts, outermost first."""
        if not self.counts[name]:
            return []
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name == name:
                cut = [e for e in self._pop(at)[1:] if e.name in FORMATTING]
                # Of a pile of them the inner ones are enough.
                cut = [] if name in _TABLE_PARTS else cut[-_REOPENED:]
                return [Element(e.name, e.attributes) for e in cut]
            if self.open[at].name in barriers:
                break
        return []

    def _push(self, element: Element) -> None:
        self._pop(DEPTH)
        self.open[-1].children.append(element)
        self.open.append(element)
        self.counts[element.name] += 1

    def _pop(self, at: int) -> list[Element]:
        gone = self.open[at:]
        del self.open[at:]
        for element in gone:
            self.counts[element.name] -= 1
        return gone

    def _reopen(self, elements: list[Element]) -> None:
        if elements and self.copies < _COPIES:
            self.copies += len(elements)
            for element in elements:
                self._push(element)
