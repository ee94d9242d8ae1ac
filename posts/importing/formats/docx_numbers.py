"""Numbers of a Word document's paragraphs, written as Word shows them."""

from __future__ import annotations

from lxml import etree

from .docx_text import W

_ROMAN = zip(
    (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
    "m cm d cd c xc l xl x ix v iv i".split(),
    strict=True,
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ROMAN = tuple(_ROMAN)
_MOST = 3_999


def in_letters(number: int, kind: str) -> str:
    """A number as a list of this type writes it.

    >>> [in_letters(4, kind) for kind in "1aAiI"]
    ['4', 'd', 'D', 'iv', 'IV']
    >>> in_letters(28, "a")
    'bb'
    """
    if kind in ("", "1") or not 0 < number <= _MOST:
        return str(number)
    if kind in "aA":
        # Word goes on after “z” with “aa”, “bb”.
        times, letter = divmod(number - 1, 26)
        words = chr(97 + letter) * (times + 1)
    else:
        words = ""
        for value, sign in ROMAN:
            words += sign * (number // value)
            number %= value
    return words.upper() if kind.isupper() else words


def write_number(paragraph: etree._Element, label: str) -> None:
    """Put a heading's number, which Word counts, before its words."""
    if not label.strip() or not any(e.text for e in paragraph.iter(f"{W}t")):
        return
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
    text.text = f"{label} "
    properties = paragraph.find(f"{W}pPr")
    at = 0 if properties is None else paragraph.index(properties) + 1
    paragraph.insert(at, run)


def set_numbering(properties: etree._Element | None, place: tuple[str, int]) -> None:
    """Say in a paragraph itself which list it is in, where its style alone does."""
    if properties is None or properties.find(f"{W}numPr") is not None:
        return
    said = etree.SubElement(properties, f"{W}numPr")
    etree.SubElement(said, f"{W}ilvl", {f"{W}val": str(place[1])})
    etree.SubElement(said, f"{W}numId", {f"{W}val": place[0]})
