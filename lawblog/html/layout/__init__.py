"""Writes any tree of HTML again with the few elements that the site allows. Pure.

Every block of the source stays a block, so that words never run together; what the
site has no element for becomes a paragraph or its words.
"""

from collections.abc import Callable

from ..element import BLOCKS, CELLS, Element
from ..left_out import DRAWING, FIELD, FRAME, PLAYER, SCRIPT, LeftOut, shortened
from .flow import Flow, is_split
from .headings import LEVELS, write_heading
from .inline import write_inline
from .lists import LISTS, write_list
from .paragraphs import write_box, write_details, write_paragraph, write_quotation
from .pictures import write_choice, write_figure, write_picture
from .runs import Marks, Run
from .tables import write_table
from .writer import Writer

_NOTHING = set("base datalist link map meta style template title xml".split())
_SAID = {
    "script": SCRIPT,
    "noembed": FRAME,
    **dict.fromkeys(("iframe", "frame", "object", "embed", "applet"), FRAME),
    **dict.fromkeys(("video", "audio", "bgsound"), PLAYER),
    **dict.fromkeys(("input", "select", "textarea"), FIELD),
    **dict.fromkeys(("svg", "canvas"), DRAWING),
}


def lay_out(root: Element, *, split: bool = False) -> tuple[str, list[LeftOut]]:
    """(HTML of the site's elements, what could not come along). split: an empty line,
    as two line breaks, ends a paragraph; old blogs know no other."""
    writer = _Writer(split)
    flow = writer.within(root, ())
    wrap = split and any(is_split(i) for i in flow.items if isinstance(i, list))
    return flow.html(wrap=True if wrap else None), writer.left_out


class _Writer(Writer):
    def element(self, element: Element, marks: Marks, flow: Flow) -> None:
        _WRITE.get(element.name, write_inline)(self, element, marks, flow)


def _write_nothing(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    pass


def _say(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    """What an article cannot hold is named to the editor."""
    if element.name == "input" and element.get("type") == "hidden":
        return
    source = element.find(lambda e: bool(e.get("src") or e.get("data")))
    address = source.get("src") or source.get("data") if source else ""
    writer.left_out.append(LeftOut(_SAID[element.name], shortened(address)))


def _write_rule(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    flow.block("<hr>")


def _write_break(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    # Safari and Chrome put one behind what is copied.
    if "Apple-interchange-newline" not in element.classes:
        flow.add(Run(marks, "<br>"))


# The later line holds.
_WRITE: dict[str, Callable[[Writer, Element, Marks, Flow], None]] = {
    **dict.fromkeys((*BLOCKS, *CELLS, "tr", "body", "html"), write_box),
    "p": write_paragraph,
    "blockquote": write_quotation,
    "details": write_details,
    "figure": write_figure,
    "img": write_picture,
    "picture": write_choice,
    "table": write_table,
    "hr": _write_rule,
    "br": _write_break,
    **dict.fromkeys(LISTS, write_list),
    **dict.fromkeys(LEVELS, write_heading),
    **dict.fromkeys(_SAID, _say),
    **dict.fromkeys(_NOTHING, _write_nothing),
}
