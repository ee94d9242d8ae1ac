"""The Code: "8 U.S.C. § 1357(g)", "Title 8, United States Code, Section 1324a",
"section 1357(g) of title 8"; and public laws."""

import re
from collections.abc import Iterator

from . import ina
from .citation import Group, Item
from .codes import Code
from .keys import cased
from .lists import NUMBER_SIGN, SECTION, Entry

_CODE = (
    r"(?:U\. ?S\. ?C\.?(?![a-z])(?: ?[AS]\.)?|U\.S\.C\.A\.|USC[AS]?(?![A-Za-z])"
    r"|usc(?![A-Za-z])"
    r"|U\.? ?S\.? Code\b"
    r"|(?i:(?:the )?(?:United States|federal) Code)"
    r"|(?i:(?:el )?C[oó]digo (?:de (?:los )?|federal de (?:los )?)(?:Estados Unidos"
    r"|EE\. ?UU\.?)))(?: \((?:the )?U\.? ?S\.? ?C\.?\))?"
)
_HEADS = re.compile(
    rf"(?<![\w.$-])(?:(?P<before>\d{{1,2}}) ?{_CODE}(?: Annotated)?"
    rf"|(?i:title|t[ií]tulo) (?P<named>\d{{1,2}}),?(?i: of(?: the)?| del?)? ?{_CODE}"
    rf"|{_CODE},? (?i:title|t[ií]tulo) (?P<behind>\d{{1,2}})(?=,? ?{SECTION}))"
    rf",? ?(?:(?i:at|en) )?(?:(?i:the |la |las )?{SECTION} ?)?"
)
_NUMBER = re.compile(
    r"\d{1,5}(?:[A-Za-z]{1,2}(?![A-Za-z]))?(?:-\d{1,2}[a-z]?(?![\w.]\w?))?(?!\w|\.\d"
    r"|,\d{3})"
)
_REVERSED = re.compile(rf"(?<!\w){SECTION} ?(?=\d)")
# "Title 8, Section 1325": of other titles it might be any code's.
_TITLE_8 = re.compile(rf"(?<!\w)(?i:title|t[ií]tulo) 8,? {SECTION} ?(?=1\d\d\d)")
_OF_TITLE = re.compile(
    r",? (?:of|del?) (?:the )?(?:(?i:title|t[ií]tulo) "
    rf"|(?=\d{{1,2}} ?{_CODE}))(?P<title>\d{{1,2}})(?: ?{_CODE}|\b)"
    r"(?! (?:of|del?) (?:the )?(?i:code of fed|c[oó]digo de reg)"
    r"|,? (?:the )?(?:Code of Fed|C\.? ?F\.? ?R))"
)
_PUBLIC_LAW = re.compile(
    r"(?<!\w)(?:Pub\. ?L\.?|Pub L|P\. ?L\.|PL|(?i:public law)s?"
    r"|(?i:ley(?:es)? p[uú]blicas?))"
    rf",? ?(?:{NUMBER_SIGN} ?)?(\d{{2,3}}-\d{{1,4}})(?![\w-])"
)
_AND_LAW = re.compile(
    r"(?:,? (?:and|or|y|e|o|u|&) |, ?)"
    rf"(?:{NUMBER_SIGN} ?)?"
    r"(\d{2,3}-\d{1,4})(?![\w-])"
)
_YEARS = range(1900, 2100)


def _sections(entry: Entry, title: int, last: str) -> list[str]:
    """The sections that an entry names, all of a range; [] for no section."""
    number = entry.number.lower()
    if "-" in number and title == 8 and number != "1440-1":
        first, _, end = number.partition("-")
        end = first[: -len(end)] + end if len(end) < len(first) else end
        return [first, *ina.between(first, end, is_usc=True), end]
    bare = last and not (entry.paragraphs or entry.has_sign)
    # "8 USC 1326, 1996", and in title 8, which begins at 1101, "and section 245(i)".
    is_year = bare and number.isdigit() and int(number) in _YEARS
    if is_year or title == 8 and last and ina.order(number)[0] < 1101:
        return []
    if not entry.is_range or number == last:
        return [number]
    if ina.order(number) < ina.order(last):
        return []
    return [*_between(last, number, title), number]


def _between(first: str, last: str, title: int) -> list[str]:
    if title == 8:
        return ina.between(first, last, is_usc=True)
    if not (first.isdigit() and last.isdigit()):
        return []
    between = range(int(first) + 1, int(last))
    return list(map(str, between)) if len(between) <= 18 else []


def _key(title: int, levels: list[str]) -> str:
    return ".".join([f"usc.{title}", levels[0], *cased("usc", levels[1:])])


USC = Code(54, _HEADS, _REVERSED, _OF_TITLE, _NUMBER, _sections, _key)


def other_titles(text: str) -> Iterator[Group]:
    """Sections of title 8 whose code is not named, and public laws."""
    for head in _TITLE_8.finditer(text):
        found = USC.group(text, head.start(), head.end(), 8)
        if found and found.items[0].key.split(".")[2] in ina.INA_OF:
            yield found
    for match in _PUBLIC_LAW.finditer(text):
        yield _public_laws(text, match)


def _public_laws(text: str, first: re.Match[str]) -> Group:
    """One or more by their numbers, at most twelve."""
    items = [Item(f"publ.{first[1]}", *first.span())]
    for _ in range(11):
        following = _AND_LAW.match(text, items[-1].end)
        if not following:
            break
        items.append(Item(f"publ.{following[1]}", *following.span(1)))
    return Group(first.start(), items[-1].end, items)
