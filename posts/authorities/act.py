"""The Immigration and Nationality Act: "INA § 212(h)", "section 237 of the Act", and
what nobody else's law is called: "Section 245(i)", "287(g)", "a 221g letter"."""

import re
from collections.abc import Iterator

from . import ina
from .citation import Group, Item
from .context import is_of_another_law, is_of_the_act
from .lists import SECTION, Entry, entries, parts_before

_NAME = (
    r"(?:INA\b(?:'s)?|I\. ?N\. ?A\.|(?:the|The) Act(?=,? ?(?:§|[Ss]ec))"
    r"|LIN(?=,? ?(?:§|[Ss]ec))"
    r"|(?i:Immigration (?:and|&) (?:Nationality|Naturalization) Act"
    r"(?: of 1952)?)"
    r"|(?i:Ley de Inmigraci[oó]n y (?:Nacionalidad|Naturalizaci[oó]n)))"
)
_NAMED = re.compile(
    rf"(?<![\w-]){_NAME}(?: \((?:the )?(?:INA|Act|LIN|la Ley)\))?[,:]? ?(?:(?:at"
    rf"|under|en|en su|en sus) )?"
    rf"\(?(?:(?:la |las |the )?{SECTION} ?)?(?=\d)"
)
_SIGNED = re.compile(rf"(?<!\w){SECTION} ?(?=\d)")
# "245 (i)", with a space, may be a street or a score: a word on either side must tell.
_WORDS = (
    "a an the of by via under with and or el la los las un una del de por con y o bajo"
)
_AFTER = "|".join([r"(?<![^(“\"])", *(rf"(?<=\b{word} )" for word in _WORDS.split())])
_NOUN = (
    r"(?= (?i:agreements?|programs?|deals?|officers?|waivers?|letters?|refusals?"
    r"|denials?|detention|cases?|acuerdos?|convenios?|programas?|perd[oó]n|cartas?"
    r"|negativas?)\b)"
)
_SPACED = r"(?:287 \(g|245 \([ik]|221 \(g|214 \(b|212 \([adhi]|236 \(c)\)"
_BARE = re.compile(
    r"(?:(?<![\w.$/-])|(?<=\b[Nn]on-))(?=[1-5]\d\d[A-D]?"
    r"(?:\([a-z]\)| (?:of the|de la|INA\b|del) )"
    rf"|(?:{_AFTER}){_SPACED}|{_SPACED}{_NOUN})"
)
_NICKNAMES = re.compile(
    r"(?<![\w.$/-])(287-?g|245-?[ik]|221-?g|214-?b|212-?[chi]|236-?c|204-?c)(?!\w|-\w)"
    r"(?! (?:of|de) (?!the (?:INA|Act|Imm)|la (?:INA|Ley)))"
)
_NUMBER = re.compile(r"\d{3}(?:[A-Da-z](?![A-Za-z]))?(?!\w|\.\d|,\d{3}|-\d{4})")
# Where the Act is not named: sections that articles call by their number alone, with
# the last paragraph that each has ("z": not looked at). A 203(k) loan is not a visa,
# and 501(c)(3), a 403(b) plan or tariffs under section 232(b) are another law's.
_UNNAMED = dict(
    row.split()
    for row in """
    101 j, 201 f, 202 e, 203 h, 204 l, 205 z, 207 f, 208 e, 209 c, 210 z, 211 b, 212
    w, 213A j, 214 t, 216 f, 216A f, 217 i, 218 i, 219 d, 221 i, 222 h, 235 d, 236 f,
    236A c, 237 d, 238 d, 239 e, 240 e, 240A e, 240B f, 241 j, 242 i, 243 d, 244 i,
    245 n, 245A i, 246 b, 247 b, 248 d, 249 z, 264 h, 265 c, 266 d, 274 e, 274A h,
    274B l, 274C f, 275 d, 276 d, 277 z, 286 w, 287 j, 301 h, 309 c, 312 b, 313 e, 316
    g, 318 z, 319 e, 320 b, 322 d, 324 e, 328 f, 329 d, 329A e, 334 g, 335 f, 336 e,
    337 d, 340 h, 341 c, 349 c
    """.split(",")
)


def named(text: str) -> Iterator[Group]:
    """With the Act's name before it."""
    for head in _NAMED.finditer(text):
        if found := group(text, head.start(), head.end()):
            yield found


def signed(text: str) -> Iterator[Group]:
    """With "section" before it, and the Act's name behind it or none at all."""
    return _unnamed(text, _SIGNED, is_bare=False)


def bare(text: str) -> Iterator[Group]:
    """Nothing before it: 212(h); and nicknames: 287g."""
    yield from _unnamed(text, _BARE, is_bare=True)
    for match in _NICKNAMES.finditer(text):
        if not is_of_another_law(text, *match.span()):
            number, letter = match[1][:3], match[1][-1]
            key = ina.key(number, [letter])
            yield Group(*match.span(), [Item(key, *match.span())])


def _unnamed(text: str, heads: re.Pattern[str], *, is_bare: bool) -> Iterator[Group]:
    """Lists whose law is not named before them. What is in one begins none."""
    end = 0
    while head := heads.search(text, end):
        end = max(head.end(), end + 1)
        found = group(text, head.start(), head.end())
        if not found:
            continue
        if of_act := is_of_the_act(text, found.end):
            found = found._replace(end=of_act)
        elif not _stands_alone(text, found, head.end(), is_bare=is_bare):
            continue
        end = found.end
        yield found


def _stands_alone(text: str, found: Group, first: int, *, is_bare: bool) -> bool:
    """Whether a list without the Act's name is the Act's all the same. is_bare: without
    "section" either; then it is one of 101 or 201 to 287."""
    entry = entries(text, first, _NUMBER, most=1)[0]
    last = _UNNAMED.get(entry.number)
    if not last or is_bare and entry.number[0] not in "12":
        return False
    if not entry.paragraphs and (is_bare or entry.number.isdigit()):
        return False
    has_it = not entry.paragraphs or entry.paragraphs[0] <= last
    return has_it and not is_of_another_law(text, found.start, found.end)


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
    if len(items) == 1:
        start, parts = parts_before(text, start)
        whole = items[0]
        items = [whole._replace(key=".".join([whole.key, *part])) for part in parts]
    return Group(start, items[-1].end, items) if items else None


def _keys(entry: Entry, last: str, number: str, letters: list[str]) -> list[str]:
    between = []
    if entry.is_range and last and last != number:
        between = ina.between(last, number, is_usc=False)
    filled = [ina.key(number, more) for more in entry.filled]
    whole = [ina.key(section, []) for section in between]
    return [*whole, *filled, ina.key(number, [*letters, *entry.paragraphs])]
