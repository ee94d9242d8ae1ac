"""The Immigration and Nationality Act's sections and where the Code has them.

ina.tsv follows the source credits under the sections of title 8, chapter 12, of the
Code's 2024 edition. The two do not run in step (240A is 1229b), so that nothing here
is computed. A section that only a note of the Code holds has no number there.
"""

from bisect import bisect_left, bisect_right
from pathlib import Path

from .keys import cased

_ROWS = [
    row.split("\t")
    for row in (Path(__file__).parent / "ina.tsv").read_text().splitlines()[1:]
]
# {"287": "1357", "240A": "1229b", "405": ""}
USC_OF = {ina: usc for ina, usc, _ in _ROWS}
_IN_FORCE = [(ina, usc) for ina, usc, status in _ROWS if status == "current"]
# {"1357": "287"}: what is in force, then what was.
INA_OF = {usc: ina for ina, usc, _ in reversed(_ROWS) if usc}
INA_OF |= {usc: ina for ina, usc in _IN_FORCE}
_MAX_SECTIONS_FILLED = 20  # sections in a range that is filled


def order(section: str) -> tuple[int, str]:
    """Sorts "1182" before "1182a" before "1183"."""
    letters = section.lstrip("0123456789")
    return int(section.removesuffix(letters) or 0), letters


_SECTIONS = sorted((order(usc), usc) for _, usc in _IN_FORCE)
_NUMBERS = sorted((order(ina), ina) for ina, _ in _IN_FORCE)


def between(first: str, last: str, *, is_usc: bool) -> list[str]:
    """The sections in force that lie between two, of the Act or of its title of the
    Code; none where there are more than 18, which is a whole chapter and no range."""
    every = _SECTIONS if is_usc else _NUMBERS
    begins = bisect_right(every, (order(first), first))
    ends = bisect_left(every, (order(last), last))
    return (
        [one for _, one in every[begins:ends]]
        if ends - begins <= _MAX_SECTIONS_FILLED - 2
        else []
    )


def section(number: str, has_paragraphs: bool) -> tuple[str, str] | None:
    """(number in the Act, letter of a paragraph or "") for a number as written: "287",
    "240A", "287g". None for what the Act has not, and for "240a" alone: 240A or 240(a)?
    """
    digits, letter = number[:3], number[3:]
    capital = digits + letter.upper()
    if not letter or letter.isupper() or has_paragraphs:
        return (capital, "") if capital in USC_OF else None
    return None if capital in USC_OF or digits not in USC_OF else (digits, letter)


def key(number: str, paragraphs: list[str]) -> str:
    """The key of a section that the Act has: as the Code has it, where it does."""
    usc = USC_OF[number]
    section = f"usc.8.{usc}" if usc else f"ina.{number}"
    return ".".join([section, *cased("usc", paragraphs)])
