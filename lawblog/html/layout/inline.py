"""Bold, italic, superscript, subscript, links and quotations within a line. Pure."""

from ..allowed import ATTRIBUTES, is_allowed_address
from ..deadlines import MARK, day_in
from ..element import BLOCKS, Element
from ..left_out import ADDRESS, FORMULA, LeftOut, described, shortened
from ..styles import is_bold, is_italic, style_of
from ..wrapped_links import unwrapped
from .flow import Flow
from .runs import Mark, Marks, Run
from .writer import Writer

_SAME = {"cite": "em", "dfn": "em", "var": "em"}
_PLACES = {"super": "sup", "sub": "sub"}


def write_inline(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    name = element.name
    if name == "math":
        writer.left_out.append(LeftOut(FORMULA, shortened(element.text())))
    if name == "q":
        flow.add(Run(marks, "“"))
    own = _OWN.get(name, _marks)(writer, element)
    if own and name in _OWN:  # no link holds another
        marks = tuple(mark for mark in marks if mark.end != own[0].end)
    writer.children(element, marks + own, flow)
    if name == "q":
        flow.add(Run(marks, "”"))


def _deadline(writer: Writer, element: Element) -> Marks:
    """Of words in a line alone: the day is theirs."""
    if MARK not in element.attributes:
        return ()
    if element.find(
        lambda e: e.name in BLOCKS or e.name == "time" and e is not element
    ):
        return ()
    day = day_in(element.text())
    return (Mark("time", {MARK: day.isoformat() if day else ""}),)


def _marks(writer: Writer, element: Element) -> Marks:
    """The marks that an element's name or style gives to its words."""
    name = element.name
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
    place = (
        name if name in ("sup", "sub") else _PLACES.get(style.get("vertical-align", ""))
    )
    return (*found, Mark(place)) if place else tuple(found)


def _link(writer: Writer, element: Element) -> Marks:
    address = unwrapped(element.get("href").strip())
    if not address:
        return ()
    if not is_allowed_address(address):
        what = described(address, element.text())
        writer.left_out.append(LeftOut(ADDRESS, what))
        return ()
    kept = {k: v for k, v in element.attributes.items() if k in ATTRIBUTES["a"]}
    if "button" in element.classes:
        kept["class"] = "button"
    else:
        kept.pop("class", None)
    return (Mark("a", {**kept, "href": address}),)


_OWN = {"a": _link, "time": _deadline}
