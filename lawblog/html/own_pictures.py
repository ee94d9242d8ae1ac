"""The stored pictures that a cleaned text shows: their descriptions, and replacing one
by another. Pure."""

from collections.abc import Callable

from lawblog.media.names import digests_in

from .serializing import start_tag
from .tokens import START, tokens

DECORATIVE = "decorative"
# What people write of a picture that says nothing.
DECORATIVE_WORDS = {DECORATIVE, "decorativo", "decorativa"}
Attributes = dict[str, str]


def alts(html: str) -> dict[str, str]:
    """{digest: the picture's description in the text}; DECORATIVE where it has none."""
    found: dict[str, str] = {}
    for token in tokens(html):
        if token.kind == START and token.name == "img":
            attributes = token.attributes
            is_decoration = attributes.get("role") == "presentation"
            words = DECORATIVE if is_decoration else attributes.get("alt", "")
            for digest in digests_in(attributes.get("src", "")):
                found.setdefault(digest, words)
    return found


def with_alt(html: str, digest: str, alt: str) -> str:
    """The text with other words for a picture, which are not empty; to be cleaned."""

    def describe(attributes: Attributes) -> Attributes:
        attributes.pop("role", None)
        return {**attributes, "alt": alt}

    return _changed(html, digest, describe)


def with_picture(html: str, digest: str, url: str, size: tuple[int, int]) -> str:
    """The text with another picture, of so many pixels, in place of one; where that was
    shown smaller, this is as wide at most."""

    def put(attributes: Attributes) -> Attributes:
        width, height = size
        shown = attributes.get("width", "")
        if shown.isdecimal() and 0 < int(shown) < width:
            width, height = int(shown), max(1, round(height * int(shown) / width))
        return {**attributes, "src": url, "width": str(width), "height": str(height)}

    return _changed(html, digest, put)


def _changed(html: str, digest: str, change: Callable[[Attributes], Attributes]) -> str:
    parts = []
    for token in tokens(html):
        is_picture = token.kind == START and token.name == "img"
        attributes = token.attributes if is_picture else {}
        if digest in digests_in(attributes.get("src", "")):
            parts.append(start_tag("img", change(attributes)))
        else:
            parts.append(token.raw)
    return "".join(parts)
