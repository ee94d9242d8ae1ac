"""Any HTML as a tree of elements, roughly as a browser would build it. Pure.

More or less: paragraphs, list items and cells end where HTML says that they do, bold
and links that are not closed in order reach as far as in a browser; what stands in a
wrong place of a table stays there. Deeper than MAX_DEPTH, elements stand side by side,
so that whoever walks the tree may call itself.
"""

from collections import Counter
from collections.abc import Collection

from .element import BLOCKS, CELLS, HEADINGS, ROW_GROUPS, TABLE_PARTS, Element
from .tokens import END, RAW, START, TEXT, VOID, Token, tokens

MAX_DEPTH = 64  # browsers stop at 512
# Copies of cut formatting made in one document: a heap of <b><p><b><p> has no end.
_MAX_COPIES = 2_000

# Reopened in the next block where a block's end cuts them (HTML's active formatting).
FORMATTING = set("a b big code em font i nobr s small strike strong tt u".split())
_LISTS = {"ul", "ol", "menu", "dir"}
_MAX_REOPENED = 5
# An end tag or an implied end reaches no further than the cell or table around it.
_SCOPE = CELLS | {"table", "button", "object", "marquee", "template"}
# A start tag ends open elements of these names, unless a barrier stands between.
_CLOSES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "li": (("li",), _LISTS | _SCOPE),
    **dict.fromkeys(("dt", "dd"), (("dt", "dd"), {"dl"} | _SCOPE)),
    "option": (("option",), {"select", "datalist"}),
    **dict.fromkeys(HEADINGS, (HEADINGS, BLOCKS - set(HEADINGS) | _SCOPE)),
    "a": (("a",), _SCOPE),
    **dict.fromkeys(CELLS, (tuple(CELLS), {"table"})),
    "tr": ((*CELLS, "tr"), {"table"}),
    **dict.fromkeys(ROW_GROUPS, ((*CELLS, "tr", *ROW_GROUPS), {"table"})),
}


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
        if name not in TABLE_PARTS and name != "table":
            self._reopen(cut)

    def _end(self, name: str) -> None:
        if name == "br" or (name == "p" and not self.counts["p"]):
            self.open[-1].children.append(Element(name))  # as browsers do
        elif name in FORMATTING:
            self._reopen(self._close(name, _SCOPE | BLOCKS))
        elif name in HEADINGS:
            for heading in HEADINGS:
                self._close(heading, _SCOPE)
        elif name in TABLE_PARTS or name == "table":
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
                cut = [] if name in TABLE_PARTS else cut[-_MAX_REOPENED:]
                return [Element(e.name, e.attributes) for e in cut]
            if self.open[at].name in barriers:
                break
        return []

    def _push(self, element: Element) -> None:
        self._pop(MAX_DEPTH)
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
        if elements and self.copies < _MAX_COPIES:
            self.copies += len(elements)
            for element in elements:
                self._push(element)
