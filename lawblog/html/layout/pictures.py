"""Pictures of our own, and the figures that frame them. Pure."""

import re

from ..allowed import ATTRIBUTES, attribute, is_own_picture
from ..element import Element
from ..left_out import EMBEDDED, LOCAL, PICTURE, UNPLACED, LeftOut, described
from ..own_pictures import DECORATIVE_WORDS
from ..serializing import start_tag
from .flow import Flow
from .paragraphs import write_box
from .runs import Marks, Run
from .writer import Writer

_BETWEEN = re.compile(r"(?<=>)\s+(?=<)")


def write_figure(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    """A picture or table with its caption; without one, no more than a box."""
    said = len(writer.left_out)
    html = "" if writer.is_in_figure else _framed(writer, element, marks)
    if "<img" in html or "<table" in html:
        flow.block(f"<figure>{html}</figure>")
    else:
        del writer.left_out[said:]  # it is said once more, by the box
        write_box(writer, element, marks, flow)


def _framed(writer: Writer, element: Element, marks: Marks) -> str:
    inner = Flow(writer.split)
    writer.is_in_figure = True
    for child in element.children:
        if isinstance(child, str):
            writer.text(child, marks, inner)
        elif child.name == "figcaption":
            caption = writer.trimmed(writer.within(child, marks).html())
            if caption.strip():
                inner.block(f"<figcaption>{caption}</figcaption>")
        else:
            writer.element(child, marks, inner)
    writer.is_in_figure = False
    html = inner.html(wrap=False)
    return _BETWEEN.sub("", html).strip() if writer.split else html


def write_choice(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    """<picture>: one picture in several files, of which the first is named where the
    one for old browsers is missing."""
    picture = element.find(lambda e: e.name == "img")
    source = element.find(lambda e: e.name == "source" and bool(e.get("srcset")))
    if picture and source and not (picture.get("src") or picture.get("srcset")):
        picture.attributes = {**picture.attributes, "srcset": source.get("srcset")}
    writer.children(element, marks, flow)


def write_picture(writer: Writer, element: Element, marks: Marks, flow: Flow) -> None:
    alt = element.get("alt")
    address = element.get("src").strip() or _first(element.get("srcset"))
    if not is_own_picture(address):
        if address or alt.strip():
            writer.left_out.append(_without(address, alt))
        return
    kept = {k: v for k, v in element.attributes.items() if k in ATTRIBUTES["img"]}
    kept = {k: v for k, v in kept.items() if attribute("img", k, v) is not None}
    if kept.get("alt") is None or alt.strip():
        kept.pop("role", None)
    if alt.strip().lower() in DECORATIVE_WORDS:
        # What tells screen readers to pass over a picture.
        kept = {k: "" if k == "alt" else v for k, v in kept.items()}
        kept["role"] = "presentation"
    flow.add(Run(marks, start_tag("img", kept)))


def _first(srcset: str) -> str:
    """The first address of those that a browser may choose from."""
    return next(iter(srcset.split()), "").rstrip(",")


def _without(address: str, alt: str) -> LeftOut:
    kind = PICTURE
    if address.startswith("data:"):
        kind, address = EMBEDDED, ""
    elif address.lower().startswith(("file:", "blob:", "cid:")):
        kind = LOCAL
    elif not address:
        kind = EMBEDDED
    elif not address.startswith(("http://", "https://", "//")):
        kind = UNPLACED
    return LeftOut(kind, described(address, alt))
