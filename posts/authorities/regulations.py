"""The Code of Federal Regulations: "8 CFR 214.2(h)", "8 C.F.R. Parts 103 and 106"."""

import re
from collections.abc import Iterator

from .citation import Group, Item
from .lists import SECTION, Entry, entries

_CODE = (
    r"(?:C\. ?F\. ?R\.?|CFR\b|cfr\b|(?i:(?:the )?Code of Federal Regulations)"
    r"|(?i:(?:el )?C[oó]digo de (?:los )?(?:Regulaciones|Reglamentos?"
    r"|Normas) (?:Federal(?:es)?)))"
)
_PART = r"(?i:\b(?:parts?|pts?\.|partes?)(?= |\d))"
_HEADS = re.compile(
    rf"(?<![\w.$-])(?:(?P<before>\d{{1,2}}) ?{_CODE}"
    rf"|(?i:title|t[ií]tulo) (?P<named>\d{{1,2}}),?(?:(?i: of| del?))? ?{_CODE})"
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
_MOST = 20  # sections in a range that is filled


def find(text: str) -> Iterator[Group]:
    for head in _HEADS.finditer(text):
        title = int(head["before"] or head["named"])
        if found := group(text, head.start(), head.end(), title):
            yield found


def reversed_titles(text: str) -> Iterator[Group]:
    """Section 214.2(h) of title 8 of the Code of Federal Regulations."""
    for head in _REVERSED.finditer(text):
        listed = entries(text, head.end(), _NUMBER, most=4)
        if listed and (title := _OF_TITLE.match(text, listed[-1].end)):
            found = group(text, head.start(), head.end(), int(title["title"]))
            if found and found.end == listed[-1].end:
                yield found._replace(end=title.end())


def group(text: str, start: int, first: int, title: int) -> Group | None:
    """The list of a title's parts and sections that begins at `first`."""
    if not 1 <= title <= 50:
        return None
    items: list[Item] = []
    last = ""
    for entry in entries(text, first, _NUMBER):
        numbers = _numbers(entry, last)
        if not numbers:
            break
        filled = [[numbers[-1], *more] for more in entry.filled]
        whole = [[number] for number in numbers[:-1]]
        for levels in [*whole, *filled, [numbers[-1], *entry.paragraphs]]:
            key = ".".join([f"cfr.{title}", *levels])
            if title == 8:  # it has no section with a letter: "214.2h"
                key = _LETTER.sub(r"\1.\2", key)
            items.append(Item(key, entry.start, entry.end))
        last = numbers[-1]
    return Group(start, items[-1].end, items) if items else None


def _numbers(entry: Entry, last: str) -> list[str]:
    """The parts or sections that an entry names, all of a range; [] for none."""
    number, part = entry.number, last.partition(".")[0]
    if number.startswith("."):
        number = part + number if part else ""
    if not last or not number:
        return [number] if number else []
    # "8 CFR 214.2, 30 days": among sections a bare number is no part.
    is_part = "." not in number
    if is_part and ("." in last or len(number) < 2) and not entry.has_sign:
        return []
    between = _between(last, number) if entry.is_range else []
    return [*between, number]


def _between(first: str, last: str) -> list[str]:
    """The sections between two of one part, at most _MOST in all."""
    part, _, begins = first.partition(".")
    other, _, ends = last.partition(".")
    if part != other or not (begins.isdigit() and ends.isdigit()):
        return []
    between = range(int(begins) + 1, int(ends))
    return [f"{part}.{n}" for n in between] if len(between) <= _MOST - 2 else []
