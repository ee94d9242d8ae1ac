"""The Code of Federal Regulations: "8 CFR 214.2(h)", "8 C.F.R. Parts 103 and 106"."""

import re

from .codes import Code
from .keys import cased
from .lists import SECTION, Entry

_CODE = (
    r"(?:C\. ?F\. ?R\.?|CFR(?![A-Za-z])|cfr(?![A-Za-z])"
    r"|(?i:(?:the )?Code of Federal Regulations)"
    r"|(?i:(?:el )?C[oó]digo (?:federal )?de (?:los |las )?(?:Regulaciones"
    r"|Reglament(?:os?|aciones)|Normas)(?: federal(?:es)?)?))(?: \(C\.?F\.?R\.?\))?"
)
_PART = r"(?i:\b(?:parts?|pts?\.|partes?)(?= |\d))"
_HEADS = re.compile(
    rf"(?<![\w.$-])(?:(?P<before>\d{{1,2}}) ?{_CODE}"
    rf"|(?i:title|t[ií]tulo) (?P<named>\d{{1,2}}),?(?i: of(?: the)?| del?)? ?{_CODE}"
    rf"|{_CODE},? (?i:title|t[ií]tulo) (?P<behind>\d{{1,2}})"
    rf"(?=,? ?(?:{SECTION}|{_PART})))"
    rf",? ?(?:(?i:at|en) )?(?:(?i:the |la |las )?(?:{SECTION}|{_PART}) ?)?"
)
_NUMBER = re.compile(
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,4}[a-z]?)?|\.\d{1,4}[a-z]?)(?!\w|\.\d|,\d{3}|-\d{3,})"
    r"|\d{1,4}[a-z]?(?:\.\d{1,4}[a-z]?)?(?=-\d{1,4}[a-z]?(?:\.\d|(?![\w-])))"
)
_REVERSED = re.compile(rf"(?<!\w)(?:{SECTION}|{_PART}) ?(?=\d)")
_OF_TITLE = re.compile(
    r",? (?:of|del?) (?:the )?(?:(?i:title|t[ií]tulo) )?(?P<title>\d{1,2}),? ?(?:of "
    r"|del? )?"
    rf"(?:the )?{_CODE}"
)
_LETTER = re.compile(r"^(cfr\.8\.\d+[a-z]?\.\d+)([a-z])(?=\.|$)")
_MAX_SECTIONS_FILLED = 20  # sections in a range that is filled


def _sections(entry: Entry, title: int, last: str) -> list[str]:
    """The parts or sections that an entry names, all of a range; [] for none."""
    number, part = entry.number, last.partition(".")[0]
    if number.startswith("."):
        number = part + number if part else ""
    if not last or not number:
        return [number] if number else []
    # "8 CFR 214.2, 30 days": among sections a bare number is not a part.
    is_part = "." not in number
    # "Part 214, section 2(h)" is not one either.
    if is_part and ("." in last and not entry.has_sign or len(number) < 2):
        return []
    between = _between(last, number) if entry.is_range else []
    return [*between, number]


def _between(first: str, last: str) -> list[str]:
    """The sections between two of one part, at most _MAX_SECTIONS_FILLED in all."""
    part, _, begins = first.partition(".")
    other, _, ends = last.partition(".")
    if part != other or not (begins.isdigit() and ends.isdigit()):
        return []
    between = range(int(begins) + 1, int(ends))
    return (
        [f"{part}.{n}" for n in between]
        if len(between) <= _MAX_SECTIONS_FILLED - 2
        else []
    )


def _key(title: int, levels: list[str]) -> str:
    if "." not in levels[0]:
        levels = levels[:1]  # a part, which has no paragraphs: "8 CFR 214(h)"
    # Title 8 has no section with a letter: "214.2h".
    levels = [levels[0], *cased("cfr", levels[1:])]
    return _LETTER.sub(r"\1.\2", ".".join([f"cfr.{title}", *levels]))


CFR = Code(50, _HEADS, _REVERSED, _OF_TITLE, _NUMBER, _sections, _key)
