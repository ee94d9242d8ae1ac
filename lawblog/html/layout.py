"""A tree of any HTML, written again with the site's few elements. Pure.

Every block of the source stays a block, so that words never run together; what the
site has no element for becomes a paragraph or its words.
"""

from __future__ import annotations

from collections.abc import Sequence

from .allowed import ATTRIBUTES, attribute, is_own_picture, is_safe_address
from .inline import Mark, Marks, Run, escaped, joined, start_tag
from .leftout import (
    ADDRESS,
    DRAWING,
    EMBEDDED,
    FIELD,
    FORMULA,
    FRAME,
    HEADING,
    LOCAL,
    PICTURE,
    PLAYER,
    SCRIPT,
    LeftOut,
    described,
    shortened,
)
from .styles import is_bold, is_italic, style_of
from .tree import BLOCKS, CELLS, Element

_MARKS = {"strong", "b", "em", "i", "sup", "sub"}
_SAME = {"cite": "em", "dfn": "em", "var": "em"}
_LISTS = {"ul", "ol", "menu", "dir"}
_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4", "h2": "h2", "h3": "h3", "h4": "h4"}
_NOTHING = set("base datalist link map meta style template title".split())
_SPOKEN_OF = {
    "script": SCRIPT,
    "noembed": FRAME,
    **dict.fromkeys(("iframe", "frame", "object", "embed", "applet"), FRAME),
    **dict.fromkeys(("video", "audio", "bgsound"), PLAYER),
    **dict.fromkeys(("input", "select", "textarea"), FIELD),
    **dict.fromkeys(("svg", "canvas"), DRAWING),
}
_TABLE_ROOMS = {"thead": "thead", "tbody": "tbody", "tfoot": "tbody"}
_TERMS = {"dt", "summary"}
_DECORATIVE = {"decorative", "decorativo", "decorativa"}


def lay_out(root: Element) -> tuple[str, list[LeftOut]]:
    """(HTML of the site's elements, what could not come along)."""
    layout = _Layout()
    flow = _Flow()
    layout.children(root, (), flow)
    return flow.html(), layout.left_out


class _Flow:
    """Blocks as HTML, and the words between them as runs, in order."""

    def __init__(self) -> None:
        self.items: list[str | list[Run]] = []

    def add(self, run: Run) -> None:
        if self.items and isinstance(self.items[-1], list):
            self.items[-1].append(run)
        else:
            self.items.append([run])

    def block(self, html: str) -> None:
        self.items.append(html)

    @property
    def has_blocks(self) -> bool:
        return any(isinstance(item, str) for item in self.items)

    def html(self, *, wrap: bool | None = None, start: str = "<p>") -> str:
        """All of it; loose words are paragraphs where there are blocks beside them."""
        wrap = self.has_blocks if wrap is None else wrap
        return "".join(
            item
            if isinstance(item, str)
            else _words(item, start if wrap else "") or joined(item)
            for item in self.items
        )

    def runs(self) -> list[Run]:
        """Its words alone, a line break where a block ends: for headings."""
        found: list[Run] = []
        for item in self.items:
            if isinstance(item, str):
                return []
            found += item
        return found


def _words(runs: list[Run], start: str) -> str:
    if not start:
        return joined(runs)
    while runs and runs[0].is_blank:
        runs = runs[1:]
    while runs and runs[-1].is_blank:
        runs = runs[:-1]
    html = joined(runs).strip()
    return f"{start}{html}</p>" if html else ""


class _Layout:
    def __init__(self) -> None:
        self.left_out: list[LeftOut] = []
        self.is_preformatted = False

    def children(self, element: Element, marks: Marks, flow: _Flow) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text(child, marks, flow)
            else:
                self.element(child, marks, flow)

    def text(self, text: str, marks: Marks, flow: _Flow) -> None:
        if self.is_preformatted and "\n" in text:
            first, *lines = text.split("\n")
            flow.add(Run(marks, escaped(first)))
            for line in lines:
                flow.add(Run(marks, "<br>"))
                flow.add(Run(marks, escaped(line)))
        else:
            flow.add(Run(marks, escaped(text)))

    def element(self, element: Element, marks: Marks, flow: _Flow) -> None:
        name = element.name
        if name in _NOTHING:
            return
        if name in _SPOKEN_OF:
            self._say(_SPOKEN_OF[name], element)
        elif name in _HEADINGS:
            self._heading(element, marks, flow)
        elif name in _LISTS:
            self._list(element, marks, flow)
        elif name == "table":
            self._table(element, marks, flow)
        elif name == "blockquote":
            inner = self.within(element, marks)
            flow.block(
                f"{self.start('blockquote', element)}{inner.html()}</blockquote>"
            )
        elif name == "figure":
            self._figure(element, marks, flow)
        elif name == "hr":
            flow.block("<hr>")
        elif name == "br":
            flow.add(Run(marks, "<br>"))
        elif name == "img":
            self._picture(element, marks, flow)
        elif name == "p":
            self._paragraph(element, marks, flow)
        elif name in BLOCKS or name in CELLS or name in ("tr", "body", "html"):
            self._box(element, marks, flow)
        else:
            self._inline(element, marks, flow)

    def within(self, element: Element, marks: Marks) -> _Flow:
        flow = _Flow()
        self.children(element, marks, flow)
        return flow

    def start(self, name: str, element: Element) -> str:
        """A start tag with those attributes that are allowed."""
        kept = {}
        for key in element.attributes.keys() & ATTRIBUTES.get(name, set()):
            kept[key] = attribute(name, key, element.attributes[key])
        ordered = {k: v for k in element.attributes if (v := kept.get(k)) is not None}
        return start_tag(name, ordered)

    def _paragraph(self, element: Element, marks: Marks, flow: _Flow) -> None:
        inner = self.within(element, marks)
        start = self.start("p", element)
        html = "" if inner.has_blocks else inner.html()
        if inner.has_blocks:
            flow.items += _blocks(inner, start)
        elif html.strip(" \t\r\n"):
            flow.block(f"{start}{html}</p>")

    def _box(self, element: Element, marks: Marks, flow: _Flow) -> None:
        """An element that is a block and nothing else: its blocks, or a paragraph."""
        was = self.is_preformatted
        self.is_preformatted = was or element.name == "pre"
        inner = self.within(element, marks)
        self.is_preformatted = was
        kept = {
            k: element.get(k) for k in ("lang", "dir") if element.get("dir") == "rtl"
        }
        if element.name in _TERMS and not inner.has_blocks and inner.html().strip():
            strong = Mark("strong")
            bold = [Run((strong, *run.marks), run.html) for run in inner.runs()]
            inner.items = [bold]
        flow.items += _blocks(
            inner, start_tag("p", {k: v for k, v in kept.items() if v})
        )

    def _heading(self, element: Element, marks: Marks, flow: _Flow) -> None:
        name = _HEADINGS[element.name]
        inner = self.within(element, marks)
        if not element.text():
            # A picture alone is no heading, and an empty one leads nowhere.
            self.left_out.append(LeftOut(HEADING))
            if "<img" in inner.html():
                flow.items += _blocks(inner, "<p>")
        elif inner.has_blocks:
            self._broken_heading(inner, name, flow)
        else:
            flow.block(f"<{name}>{inner.html()}</{name}>")

    def _broken_heading(self, inner: _Flow, name: str, flow: _Flow) -> None:
        """Blocks in a heading: its first words are the heading, the rest stands below."""
        first, *rest = [item for item in _blocks(inner, "<p>") if str(item).strip()]
        words = str(first)
        if words.startswith("<p>"):
            flow.block(f"<{name}>{words[3:-4]}</{name}>")
            flow.items += rest
        else:
            flow.items += [first, *rest]

    def _list(self, element: Element, marks: Marks, flow: _Flow) -> None:
        name = "ol" if element.name == "ol" else "ul"
        parts: list[list[str]] = []
        last: list[str] | None = None
        for child in element.children:
            if isinstance(child, str) and not child.strip():
                parts.append([child])
            elif last and isinstance(child, Element) and child.name in _LISTS:
                # A list right within a list belongs to the item before it.
                last.insert(-1, self._nested(child, marks))
            elif item := self._entry(child, marks):
                last = item
                parts.append(item)
        if last:
            inside = "".join("".join(part) for part in parts)
            flow.block(f"{self.start(name, element)}{inside}</{name}>")

    def _entry(self, child: Element | str, marks: Marks) -> list[str]:
        """A child of a list as an item, or nothing if it holds nothing."""
        if isinstance(child, Element) and child.name == "li":
            inner = self.within(child, marks)
            return [self.start("li", child), _item(inner), "</li>"]
        holder = Element("")
        holder.children = [child]
        inner = self.within(holder, marks)
        return ["<li>", _item(inner), "</li>"] if inner.html().strip() else []

    def _nested(self, element: Element, marks: Marks) -> str:
        flow = _Flow()
        self._list(element, marks, flow)
        return flow.html()

    def _table(self, element: Element, marks: Marks, flow: _Flow) -> None:
        rows = _Rows(self, marks)
        rows.read(element)
        rows.enter("")
        flow.items += rows.beside.items
        if rows.number:
            flow.block(f"<table>{''.join(rows.written)}</table>")
        elif rows.caption:
            flow.block(f"<p>{rows.caption}</p>")

    def _figure(self, element: Element, marks: Marks, flow: _Flow) -> None:
        inner = _Flow()
        for child in element.children:
            if isinstance(child, Element) and child.name == "figcaption":
                caption = self.within(child, marks).html()
                if caption.strip():
                    inner.block(f"<figcaption>{caption}</figcaption>")
            elif isinstance(child, str):
                self.text(child, marks, inner)
            else:
                self.element(child, marks, inner)
        html = inner.html(wrap=False)
        if "<img" in html or "<table" in html:
            flow.block(f"<figure>{html}</figure>")
        else:
            html = html.replace("<figcaption>", "<p>").replace("</figcaption>", "</p>")
            inner.items = [html] if html.strip() else []
            flow.items += _blocks(inner, "<p>")

    def _picture(self, element: Element, marks: Marks, flow: _Flow) -> None:
        address, alt = element.get("src").strip(), element.get("alt")
        if not is_own_picture(address):
            if address or alt.strip():
                self._say_picture(address, alt)
            return
        kept = {k: v for k, v in element.attributes.items() if k in ATTRIBUTES["img"]}
        kept = {k: v for k, v in kept.items() if attribute("img", k, v) is not None}
        if kept.get("alt") is None or alt.strip():
            kept.pop("role", None)
        if alt.strip().lower() in _DECORATIVE:
            # What tells screen readers to pass over a picture.
            kept = {k: "" if k == "alt" else v for k, v in kept.items()}
            kept["role"] = "presentation"
        flow.add(Run(marks, start_tag("img", kept)))

    def _say_picture(self, address: str, alt: str) -> None:
        kind = PICTURE
        if address.startswith("data:"):
            kind, address = EMBEDDED, ""
        elif address.lower().startswith(("file:", "blob:", "cid:")):
            kind = LOCAL
        elif not address:
            kind = EMBEDDED
        self.left_out.append(LeftOut(kind, described(address, alt)))

    def _say(self, kind: str, element: Element) -> None:
        if element.name == "input" and element.get("type") == "hidden":
            return
        source = element.find(lambda e: bool(e.get("src") or e.get("data")))
        address = source.get("src") or source.get("data") if source else ""
        self.left_out.append(LeftOut(kind, shortened(address)))

    def _inline(self, element: Element, marks: Marks, flow: _Flow) -> None:
        name = element.name
        if name == "math":
            self.left_out.append(LeftOut(FORMULA, shortened(element.text())))
        if name == "q":
            flow.add(Run(marks, "“"))
        self.children(element, marks + self._marks(element), flow)
        if name == "q":
            flow.add(Run(marks, "”"))

    def _marks(self, element: Element) -> Marks:
        name = element.name
        if name == "a":
            return self._link(element)
        style = style_of(element) if "style" in element.attributes else {}
        found: list[Mark] = []
        if name in ("b", "strong"):
            found += [] if is_bold(style) is False else [Mark(name)]
        elif is_bold(style):
            found.append(Mark("strong"))
        if name in ("em", "i") or name in _SAME:
            found += [] if is_italic(style) is False else [Mark(_SAME.get(name, name))]
        elif is_italic(style):
            found.append(Mark("em"))
        place = {"super": "sup", "sub": "sub"}.get(style.get("vertical-align", ""))
        if name in ("sup", "sub") or place:
            found.append(Mark(name if name in ("sup", "sub") else place or "sup"))
        return tuple(found)

    def _link(self, element: Element) -> Marks:
        address = element.get("href").strip()
        if not address:
            return ()
        if not is_safe_address(address):
            what = described(address, element.text())
            self.left_out.append(LeftOut(ADDRESS, what))
            return ()
        kept = {k: v for k, v in element.attributes.items() if k in ATTRIBUTES["a"]}
        return (Mark("a", {**kept, "href": address}),)


class _Rows:
    """The inside of a table as HTML, and what stood in it beside its cells."""

    def __init__(self, layout: _Layout, marks: Marks) -> None:
        self.layout, self.marks = layout, marks
        self.written: list[str] = []
        self.number = 0
        self.caption = ""
        self.room = ""  # thead or tbody, while it is open
        self.beside = _Flow()

    def read(self, element: Element, room: str = "tbody") -> None:
        for child in element.children:
            if isinstance(child, str):
                self._text(child)
            elif child.name in _TABLE_ROOMS:
                room_of_its_own = _TABLE_ROOMS[child.name]
                if any(not isinstance(row, str) for row in child.children):
                    self.enter(room_of_its_own)
                self.read(child, room_of_its_own)
                self.enter("")
            elif child.name == "tr":
                self._row(child.children, room)
            elif child.name in ("td", "th"):
                self._row([child], room)
            elif child.name == "caption":
                self._caption(child)
            elif child.name not in ("colgroup", "col"):
                self.layout.element(child, self.marks, self.beside)

    def enter(self, room: str) -> None:
        if room != self.room:
            self.written += [f"</{self.room}>"] * bool(self.room)
            self.written += [f"<{room}>"] * bool(room)
            self.room = room

    def _text(self, text: str) -> None:
        if text.strip():
            self.layout.text(text, self.marks, self.beside)
        else:
            self.written.append(text)

    def _caption(self, element: Element) -> None:
        words = self.layout.within(element, self.marks).html()
        if words.strip() and not self.caption:
            self.caption = words
            at = 0 if self.number else len(self.written)
            self.written.insert(at, f"<caption>{words}</caption>")
        elif words.strip():
            self.beside.block(f"<p>{words}</p>")

    def _row(self, cells: Sequence[Element | str], room: str) -> None:
        written = []
        for cell in cells:
            if isinstance(cell, Element) and cell.name in ("td", "th"):
                inner = self.layout.within(cell, self.marks)
                start = self.layout.start(cell.name, cell)
                written.append(f"{start}{inner.html()}</{cell.name}>")
            elif isinstance(cell, Element):
                self.layout.element(cell, self.marks, self.beside)
            elif cell.strip():
                self.layout.text(cell, self.marks, self.beside)
            else:
                written.append(cell)
        if any(map(str.strip, written)):
            self.enter(room)
            self.number += 1
            self.written.append(f"<tr>{''.join(written)}</tr>")


def _blocks(flow: _Flow, start: str) -> list[str | list[Run]]:
    """The items of a flow, every word in a block."""
    written = (
        item if isinstance(item, str) else _words(item, start) for item in flow.items
    )
    return [html for html in written if html]


def _item(flow: _Flow) -> str:
    """The inside of a list item: words beside a nested list need no paragraph."""
    others = [
        item
        for item in flow.items
        if isinstance(item, str) and not item.startswith(("<ul", "<ol"))
    ]
    return flow.html(wrap=bool(others))
