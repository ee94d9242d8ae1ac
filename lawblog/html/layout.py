"""A tree of any HTML, written again with the site's few elements. Pure.

Every block of the source stays a block, so that words never run together; what the
site has no element for becomes a paragraph or its words.
"""

from __future__ import annotations

import re

from .allowed import ATTRIBUTES, attribute, is_allowed_address, is_own_picture
from .flow import Flow, is_split
from .inline import Mark, Marks, Run, escaped, start_tag
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
    UNPLACED,
    LeftOut,
    described,
    shortened,
)
from .styles import is_bold, is_italic, style_of
from .tables import Rows
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
_TERMS = {"dt", "summary"}
_BETWEEN = re.compile(r"(?<=>)\s+(?=<)")
_TAG = re.compile(r"<[^>]*>")
_DECORATIVE = {"decorative", "decorativo", "decorativa"}


def lay_out(root: Element, *, split: bool = False) -> tuple[str, list[LeftOut]]:
    """(HTML of the site's elements, what could not come along). split: an empty line,
    as two line breaks, ends a paragraph; old blogs know no other."""
    layout = Layout(split)
    flow = layout.within(root, ())
    wrap = split and any(is_split(i) for i in flow.items if isinstance(i, list))
    return flow.html(wrap=True if wrap else None), layout.left_out


class Layout:
    def __init__(self, split: bool) -> None:
        self.split = split
        self.left_out: list[LeftOut] = []
        self.is_preformatted = False
        self.is_in_figure = False

    def children(self, element: Element, marks: Marks, flow: Flow) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text(child, marks, flow)
            else:
                self.element(child, marks, flow)

    def text(self, text: str, marks: Marks, flow: Flow) -> None:
        if self.is_preformatted and "\n" in text:
            first, *lines = text.split("\n")
            flow.add(Run(marks, escaped(first)))
            for line in lines:
                flow.add(Run(marks, "<br>"))
                flow.add(Run(marks, escaped(line)))
        else:
            flow.add(Run(marks, escaped(text)))

    def element(self, element: Element, marks: Marks, flow: Flow) -> None:
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

    def within(self, element: Element, marks: Marks) -> Flow:
        flow = Flow(self.split)
        self.children(element, marks, flow)
        return flow

    def start(self, name: str, element: Element) -> str:
        """A start tag with those attributes that are allowed."""
        kept = {}
        for key in element.attributes.keys() & ATTRIBUTES.get(name, set()):
            kept[key] = attribute(name, key, element.attributes[key])
        ordered = {k: v for k in element.attributes if (v := kept.get(k)) is not None}
        return start_tag(name, ordered)

    def _paragraph(self, element: Element, marks: Marks, flow: Flow) -> None:
        inner = self.within(element, marks)
        start = self.start("p", element)
        html = "" if inner.has_blocks else inner.html()
        if inner.has_blocks or self.split:
            flow.items += inner.blocks(start)
        elif html.strip(" \t\r\n"):
            flow.block(f"{start}{html}</p>")

    def _box(self, element: Element, marks: Marks, flow: Flow) -> None:
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
            inner.items = [
                [Run((strong, *run.marks), run.html) for run in item]
                for item in inner.items
                if not isinstance(item, str)
            ]
        flow.items += inner.blocks(start_tag("p", {k: v for k, v in kept.items() if v}))

    def _heading(self, element: Element, marks: Marks, flow: Flow) -> None:
        name = _HEADINGS[element.name]
        inner = self.within(element, marks)
        if not element.text():
            # A picture alone is no heading, and an empty one leads nowhere.
            self.left_out.append(LeftOut(HEADING))
            if "<img" in inner.html():
                flow.items += inner.blocks("<p>")
        elif inner.has_blocks:
            self._broken_heading(inner, name, flow)
        else:
            html = inner.html()
            flow.block(f"<{name}>{html.strip() if self.split else html}</{name}>")

    def _broken_heading(self, inner: Flow, name: str, flow: Flow) -> None:
        """Blocks in a heading: its first words are the heading, the rest is below."""
        items = [str(item) for item in inner.blocks("<p>")]
        at = next((n for n, item in enumerate(items) if _has_words(item)), len(items))
        for number, item in enumerate(items):
            if number == at and item.startswith("<p>"):
                item = f"<{name}>{item[3:-4]}</{name}>"
            if number >= at or "<img" in item:
                flow.block(item)

    def _list(self, element: Element, marks: Marks, flow: Flow) -> None:
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
            words = _item(inner).strip() if self.split else _item(inner)
            return [self.start("li", child), words, "</li>"]
        holder = Element("")
        holder.children = [child]
        inner = self.within(holder, marks)
        return ["<li>", _item(inner), "</li>"] if inner.html().strip() else []

    def _nested(self, element: Element, marks: Marks) -> str:
        flow = Flow()
        self._list(element, marks, flow)
        return flow.html()

    def _table(self, element: Element, marks: Marks, flow: Flow) -> None:
        rows = Rows(self, marks)
        rows.read(element)
        rows.enter("")
        flow.items += rows.beside.blocks("<p>")
        if rows.number:
            flow.block(f"<table>{''.join(rows.written)}</table>")
        else:
            flow.items += rows.caption.blocks("<p>")

    def _figure(self, element: Element, marks: Marks, flow: Flow) -> None:
        """A picture or table with its caption; without one, no more than a box."""
        said = len(self.left_out)
        html = "" if self.is_in_figure else self._framed(element, marks)
        if "<img" in html or "<table" in html:
            flow.block(f"<figure>{html}</figure>")
        else:
            del self.left_out[said:]  # it is said once more, by the box
            self._box(element, marks, flow)

    def _framed(self, element: Element, marks: Marks) -> str:
        inner = Flow(self.split)
        self.is_in_figure = True
        for child in element.children:
            if isinstance(child, str):
                self.text(child, marks, inner)
            elif child.name == "figcaption":
                caption = self.within(child, marks).html()
                caption = caption.strip() if self.split else caption
                if caption.strip():
                    inner.block(f"<figcaption>{caption}</figcaption>")
            else:
                self.element(child, marks, inner)
        self.is_in_figure = False
        html = inner.html(wrap=False)
        return _BETWEEN.sub("", html).strip() if self.split else html

    def _picture(self, element: Element, marks: Marks, flow: Flow) -> None:
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
        elif not address.startswith(("http://", "https://", "//")):
            kind = UNPLACED
        self.left_out.append(LeftOut(kind, described(address, alt)))

    def _say(self, kind: str, element: Element) -> None:
        if element.name == "input" and element.get("type") == "hidden":
            return
        source = element.find(lambda e: bool(e.get("src") or e.get("data")))
        address = source.get("src") or source.get("data") if source else ""
        self.left_out.append(LeftOut(kind, shortened(address)))

    def _inline(self, element: Element, marks: Marks, flow: Flow) -> None:
        name = element.name
        if name == "math":
            self.left_out.append(LeftOut(FORMULA, shortened(element.text())))
        if name == "q":
            flow.add(Run(marks, "“"))
        own = self._marks(element)
        if own and name == "a":  # no link holds another
            marks = tuple(mark for mark in marks if mark.end != own[0].end)
        self.children(element, marks + own, flow)
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
        if not is_allowed_address(address):
            what = described(address, element.text())
            self.left_out.append(LeftOut(ADDRESS, what))
            return ()
        kept = {k: v for k, v in element.attributes.items() if k in ATTRIBUTES["a"]}
        return (Mark("a", {**kept, "href": address}),)


def _item(flow: Flow) -> str:
    """The inside of a list item: words beside a nested list need no paragraph."""
    others = [
        item
        for item in flow.items
        if isinstance(item, str) and not item.startswith(("<ul", "<ol"))
    ]
    return flow.html(wrap=bool(others))


def _has_words(html: str) -> bool:
    return bool(_TAG.sub("", html).strip())
