"""A feed may hold only the beginning of an article, with “…” or “Read more”. Pure."""

import re

from ..article import Found

_CUT = re.compile(
    r"\s*(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|continue reading.*|read more.*"
    r"|seguir leyendo.*|leer más.*)\s*$",
    re.IGNORECASE,
)


def without_markup(html: str) -> str:
    """The words of an excerpt; what says that it goes on becomes “…”."""
    text = re.sub(r"<[^>]*>", " ", html)
    return _CUT.sub("…", " ".join(text.split())) if _CUT.search(text) else text


def goes_on(excerpt: str) -> bool:
    return bool(_CUT.search(without_markup(excerpt)))


def say_incomplete(found: Found) -> None:
    found.say("The feed holds only its beginning. Fetch the rest from the old page.")
