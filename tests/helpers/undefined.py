"""Names that nobody defined fail tests where our own templates print them.

`{% if name %}` may ask whether a name is there; nothing may print it, loop over it or
take a field of it. Django's own admin templates lean on undefined names, so there they
stay empty.
"""

import sys
from collections.abc import Iterator
from types import FrameType

from django.conf import settings
from django.template.base import FilterExpression, Node
from jinja2 import StrictUndefined, Undefined

OURS = str(settings.BASE_DIR / "templates")


class UndefinedName(Exception):
    pass


class InDjango(str):
    """Django's string_if_invalid, which it asks for its truth before it is used."""

    def __bool__(self) -> bool:
        frames = list(_above(sys._getframe(1)))
        nodes = [f for f in frames if isinstance(f, Node) and hasattr(f, "origin")]
        if nodes and str(nodes[0].origin.name).startswith(OURS):
            asked = next((f for f in frames if isinstance(f, FilterExpression)), "?")
            raise UndefinedName(f"{asked} in {nodes[0].origin.name}")
        return False


def _above(frame: FrameType | None) -> Iterator[object]:
    """`self` of each function on the way here, the nearest first."""
    while frame:
        yield frame.f_locals.get("self")
        frame = frame.f_back


class InJinja(StrictUndefined):
    __bool__ = Undefined.__bool__


def refuse_undefined_names() -> None:
    """Before Django is set up."""
    for engine in settings.TEMPLATES:
        if "django" in engine["BACKEND"].rsplit(".", 1)[-1].lower():
            engine["OPTIONS"]["string_if_invalid"] = InDjango()
        else:
            engine["OPTIONS"]["undefined"] = InJinja
