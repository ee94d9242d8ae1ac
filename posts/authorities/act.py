"""The Immigration and Nationality Act: "INA § 212(h)", "section 237 of the Act", and
what nobody else's law is called: "Section 245(i)", "287(g)", "a 221g letter"."""

import re
from collections.abc import Iterator

from . import ina
from .citation import Group, Item
from .context import is_of_another_law, is_of_the_act
from .lists import SECTION, Entry, entries

_NAME = (
    r"(?:INA\b(?:'s)?|I\. ?N\. ?A\.|(?:the|The) Act(?=,? ?(?:§|[Ss]ec))|LIN(?=,? ?(?:§|[Ss]ec))"
    r"|(?i:Immigration (?:and|&) (?:Nationality|Naturalization) Act)"
    r"|(?i:Ley de Inmigraci[oó]n y (?:Nacionalidad|Naturalizaci[oó]n)))"
)
_NAMED = re.compile(
    rf"(?<![\w-]){_NAME}(?: \((?:the )?(?:INA|Act|LIN|la Ley)\))?[,:]? ?(?:(?:at|under|en|en su|en sus) )?"
    rf"\(?(?:(?:la |las |the )?{SECTION} ?)?(?=\d)"
)
_SIGNED = re.compile(rf"(?<!\w){SECTION} ?(?=\d)")
_BARE = re.compile(
    r"(?<![\w.$/-])(?=[1-5]\d\d[A-D]?(?:\([a-z]\)| (?:of the|de la|INA\b|del) )"
    r"|(?:287 \(g|245 \([ik]|221 \(g|214 \(b|212 \([adhi]|236 \(c)\))"
)
_NICKNAMES = re.compile(
    r"(?<![\w.$/-])(287-?g|245-?[ik]|221-?g|214-?b|212-?[chi]|236-?c|204-?c)(?!\w|-\w)"
    r"(?! (?:of|de) (?!the (?:INA|Act|Imm)|la (?:INA|Ley)))"
)
_NUMBER = re.compile(r"\d{3}(?:[A-Da-z](?![A-Za-z]))?(?!\w|\.\d|,\d{3}|-\d{4})")
# Outside the Act, paragraphs of these tell it: 501(c)(3) is tax law, 101 has many.
_OURS = re.compile(r"101$|2\d\d[A-D]?$|3[0-6]\d[A-D]?$")
_WELL_KNOWN = re.compile(r"2\d\d[A-D]?$|101$")


def named(text: str) -> Iterator[Group]:
    """With the Act's name before it."""
    for head in _NAMED.finditer(text):
        if found := group(text, head.start(), head.end()):
            yield found


def signed(text: str) -> Iterator[Group]:
    """With "section" before it, and the Act's name behind it or none at all."""
    for head in _SIGNED.finditer(text):
        found = group(text, head.start(), head.end())
        if not found:
            continue
        if of_act := is_of_the_act(text, found.end):
            yield found._replace(end=of_act)
        elif _stands_alone(text, found, head.end(), _OURS):
            yield found


def bare(text: str) -> Iterator[Group]:
    """Nothing before it: 212(h); and nicknames: 287g."""
    for head in _BARE.finditer(text):
        found = group(text, head.start(), head.start())
        if not found:
            continue
        if of_act := is_of_the_act(text, found.end):
            yield found._replace(end=of_act)
        elif _stands_alone(text, found, head.start(), _WELL_KNOWN):
            yield found
    for match in _NICKNAMES.finditer(text):
        if not is_of_another_law(text, *match.span()):
            number, letter = match[1][:3], match[1][-1]
            key = ina.key(number, [letter])
            yield Group(*match.span(), [Item(key, *match.span())])


def _stands_alone(
    text: str, found: Group, first: int, ours: re.Pattern[str]
) -> bool:
    """Whether a list without the Act's name is the Act's all the same."""
    number = _NUMBER.match(text, first)
    has_paragraphs = found.items[0].key.count(".") > 2
    return bool(
        has_paragraphs
        and number
        and ours.match(number[0])
        and not is_of_another_law(text, found.start, found.end)
    )


def group(text: str, start: int, first: int) -> Group | None:
    """The list of the Act's sections that begins at `first`, as far as it has them."""
    items: list[Item] = []
    last = ""
    for entry in entries(text, first, _NUMBER):
        known = ina.section(entry.number, bool(entry.paragraphs))
        if not known:
            break
        number, letter = known
        letters = [letter] if letter else []
        for key in _keys(entry, last, number, letters):
            items.append(Item(key, entry.start, entry.end))
        last = number
    return Group(start, items[-1].end, items) if items else None


def _keys(entry: Entry, last: str, number: str, letters: list[str]) -> list[str]:
    between = []
    if entry.is_range and last and last != number:
        between = ina.between(last, number, is_usc=False)
    filled = [ina.key(number, more) for more in entry.filled]
    whole = [ina.key(section, []) for section in between]
    return [*whole, *filled, ina.key(number, [*letters, *entry.paragraphs])]
