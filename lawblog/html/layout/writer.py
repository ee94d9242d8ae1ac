"""What the writers of headings, lists and tables share: the way down. Pure."""

from ..allowed import ATTRIBUTES, attribute
from ..element import Element
from ..left_out import LeftOut
from ..serializing import start_tag
from .flow import Flow
from .runs import Marks, Run, escaped


class Writer:
    """`split`: an empty line, as two line breaks, ends a paragraph."""

    def __init__(self, split: bool) -> None:
        self.split = split
        self.left_out: list[LeftOut] = []
        self.is_preformatted = False
        self.is_in_figure = False

    def element(self, element: Element, marks: Marks, flow: Flow) -> None:
        """Write an element, and all within it, to the end of the flow."""
        raise NotImplementedError

    def text(self, text: str, marks: Marks, flow: Flow) -> None:
        if self.is_preformatted and "\n" in text:
            first, *lines = text.split("\n")
            flow.add(Run(marks, escaped(first)))
            for line in lines:
                flow.add(Run(marks, "<br>"))
                flow.add(Run(marks, escaped(line)))
        else:
            flow.add(Run(marks, escaped(text)))

    def children(self, element: Element, marks: Marks, flow: Flow) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text(child, marks, flow)
            else:
                self.element(child, marks, flow)

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

    def trimmed(self, html: str) -> str:
        return html.strip() if self.split else html
