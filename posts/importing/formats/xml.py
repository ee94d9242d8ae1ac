"""XML that somebody else wrote: no document types, no entities, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5

from lxml import etree

from lawblog.html.characters import printable

from ..article import CannotRead
from ..upload import Upload

_PROLOG = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOSE = re.compile(r"&(?!(?:#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos);)(\w{2,31};)?")
# Signs by number, among them all halves of UTF-16: some programs write smileys in them.
_HALVES = re.compile(r"(?:&#(?:x[dD][89a-fA-F][\da-fA-F]{2}|5[5-7]\d{3});)+")
RECOVERED = (
    "The file is not well-formed XML; it was read as far as possible. Compare the "
    "articles with the old ones."
)


def root_of(upload: Upload) -> tuple[etree._Element, bool]:
    """(the root, whether the file had to be mended); raises CannotRead."""
    text = printable(upload.text.lstrip("\ufeff"))
    start = _ROOT.search(text)
    if _PROLOG.search(text[: start.start() if start else 0]):
        raise CannotRead(
            "It declares a document type or entities, which no export needs and which "
            "can do harm. Export it again."
        )
    text = _HALVES.sub(_joined, _DECLARATION.sub("", text))
    if (root := _parsed(text, recover=False)) is not None:
        return root, False
    text = "".join(_mended_parts(text))
    for recover in (False, True):
        if (root := _parsed(text, recover=recover)) is not None:
            return root, True
    raise CannotRead("It is not well-formed XML. Export it again.")


def _joined(match: re.Match[str]) -> str:
    """The signs themselves, since lxml reads no half; a lone half is left out."""
    numbers = re.findall(r"&#(x?)(\w+);", match[0])
    signs = "".join(chr(int(digits, 16 if x else 10)) for x, digits in numbers)
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _parsed(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except etree.XMLSyntaxError:
        return None


def _mended_parts(text: str) -> Iterator[str]:
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        yield _LOOSE.sub(_mended, text[at:start])
        yield text[start : end + 3]
        at = end + 3
    yield _LOOSE.sub(_mended, text[at:])


def _mended(match: re.Match[str]) -> str:
    """An “&” that begins nothing, or a name of HTML that XML does not know."""
    sign = html5.get(match[1] or "")
    return escape(sign) if sign else f"&amp;{match[1] or ''}"


def local(element: etree._Element) -> str:
    """An element's name without its namespace, in small letters; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def space(element: etree._Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[0] == "{" else ""


def words(element: etree._Element | None) -> str:
    """All text within, as it stands."""
    return "".join(element.itertext()).strip() if element is not None else ""


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first child of one of these names, the names in order; “wp:x” asks for the
    namespace, too."""
    for name in names:
        prefix, _, bare = name.rpartition(":")
        for one in element:
            if local(one) == bare and (not prefix or prefix in space(one)):
                return one
    return None


def text_of(element: etree._Element | None, *names: str) -> str:
    """The words of that child; "" without it."""
    return words(child(element, *names)) if element is not None else ""


def children(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element if local(one) == name]
