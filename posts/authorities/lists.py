"""What follows a law's name: "212(a)(6)(C) and 237(a)(1)", "1225(b) or (c)", "316-319".

Every repetition is bounded. A list without a bound took 52 seconds on 8,000 times
"section 212(a) and ", since each of its beginnings was read to the end.
"""

import re
from dataclasses import dataclass, field

MAX_ITEMS = 12
# The sign or the word before a number. Its capital may be anywhere: headings.
SECTION = (
    r"(?:§{1,2}|(?i:\b(?:sections?|secs?\.|sec|secci[oó]n(?:es)?|seccs?\.|"
    r"art[ií]culos?|arts?\.)(?= |\d)))"
)
# "No. 14", "núm. 14", "n.º 14", "#14": what stands before a number that is called one.
NUMBER_SIGN = r"(?:(?i:n(?:os?|[uú]ms?|[uú]meros?|umbers?)\b\.?|n\.?[º°])|#)"
_PARAGRAPH = r"\( ?(?:[a-z]{1,2}|[ivxl]{1,6}|[A-Z]{1,2}|[IVXL]{1,6}|[0-9]{1,3}) ?\)"
_CHAIN = re.compile(rf" ?{_PARAGRAPH}(?: ?{_PARAGRAPH}){{0,7}}")
_LEVEL = re.compile(r"[A-Za-z0-9]+")
_SEPARATOR = re.compile(
    r"(?P<range> ?- ?| (?:through|thru|to|hasta|al?) (?:las? |el )?)"
    r"|[,;]? (?:and/or|y/o|and|or|y|e|o|u|&) "
    r"(?:under |in |bajo |en )?(?:las? |the |(?:el |los )(?=\d{3}|§))?"
    r"|[,;] ?| ?[/&] ?"
)
_SECTION = re.compile(rf"{SECTION} ?")
# "subsections (a) and (c) of" a section that follows.
_PARTS = re.compile(
    r"(?<!\w)(?i:sub(?:section|paragraph|clause|division)s?|(?:paragraph|clause)s?"
    r"|(?:sub)?p[aá]rrafos?|apartados?|incisos?|subsecci[oó]n(?:es)?|literal(?:es)?)"
    rf"(?P<chains>{_CHAIN.pattern}"
    rf"(?:(?:, ?|,? (?:and|or|y|e|o|u) ){_CHAIN.pattern.removeprefix(' ?')}){{0,3}})"
    r",? (?:of|under|in|del?|en) (?:the |la |el )?$"
)
_PARTS_REACH = 90  # characters
# A number in a list that counts something, or begins the next citation.
_NO_ITEM = re.compile(
    r"[- ]?(?:%|percent|por ciento|(?:years?|months?|weeks?|days?|hours?|people"
    r"|persons?|"
    r"cases|pages|dollars|miles|families|countries|applicants|immigrants|visas|times|"
    r"años?|meses|mes|semanas?|días?|horas?|personas?|casos?|páginas?|dólares|millas|"
    r"familias|países|veces|inmigrantes|solicitantes|of (?:them|these|those))\b)"
    r"|,\d{3}\b| ?(?:U\. ?S|USC|C\. ?F|CFR|F\. ?R|FR |Fed|F\.|I\.? ?&|S\. ?Ct|FAM"
    r"|N\. ?[YJ]"
    r"|L\. ?Ed|USCIS-PM|Stat)"
)


@dataclass
class Entry:
    """One item as written. number: "" where paragraphs alone stand; is_range: whether
    it ends a range that the entry before it begins; has_sign: "§ 322"."""

    number: str
    paragraphs: list[str]
    start: int
    end: int
    is_range: bool = False
    has_sign: bool = False
    filled: list[list[str]] = field(default_factory=list)


def entries(
    text: str, start: int, number: re.Pattern[str], most: int = MAX_ITEMS
) -> list[Entry]:
    """The items from a place on, at most so many; none where no number stands there.
    Paragraphs alone are completed by those before them: (a)(2) or (3) → (a)(3)."""
    first = _entry(text, start, number)
    found = [first] if first and first.number else []
    while found and len(found) < most:
        following = _next(text, found[-1], number)
        if not following:
            break
        found.append(following)
    return found


def parts_before(text: str, start: int) -> tuple[int, list[list[str]]]:
    """Of "subsections (a) and (c) of section 236", which begins at `start`: where its
    parts begin, and the levels of each; without parts (start, [[]])."""
    begins = max(0, start - _PARTS_REACH)
    found = _PARTS.search(text[begins:start])
    if not found:
        return start, [[]]
    parts = [_LEVEL.findall(one[0]) for one in _CHAIN.finditer(found["chains"])]
    return begins + found.start(), parts


def _entry(text: str, start: int, number: re.Pattern[str]) -> Entry | None:
    match = number.match(text, start)
    end = match.end() if match else start
    chain = _CHAIN.match(text, end)
    # A space belongs between a number and its paragraphs, not before paragraphs alone.
    if chain and (match or text[start] == "("):
        levels = _LEVEL.findall(chain[0])
        return Entry(match[0] if match else "", levels, start, chain.end())
    return Entry(match[0], [], start, end) if match else None


def _next(text: str, last: Entry, number: re.Pattern[str]) -> Entry | None:
    separator = _SEPARATOR.match(text, last.end)
    if not separator:
        return None
    sign = _SECTION.match(text, separator.end())
    one = _entry(text, sign.end() if sign else separator.end(), number)
    if not one:
        return None
    one.is_range, one.has_sign = separator["range"] is not None, sign is not None
    if one.number:
        is_other = not one.has_sign and _NO_ITEM.match(text, one.end)
        return None if is_other else one
    return _completed(one, last)


def _completed(one: Entry, last: Entry) -> Entry | None:
    """Paragraphs alone take the place of the last of their kind."""
    place = _place(one.paragraphs[0], last.paragraphs)
    if place is None:
        return None
    stem, first = last.paragraphs[:place], one.paragraphs[0]
    if one.is_range and len(one.paragraphs) == 1 and place == len(last.paragraphs) - 1:
        one.filled = [[*stem, level] for level in _steps(last.paragraphs[place], first)]
    one.number = last.number
    one.paragraphs = [*stem, *one.paragraphs]
    return one


_ROMAN = (
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii "
    "xxiii xxiv xxv xxvi xxvii xxviii xxix xxx".split()
)


def _kinds(level: str) -> set[str]:
    """What a level may be: (i) is a letter or a numeral."""
    if level.isdigit():
        return {"digit"}
    case = "small" if level.islower() else "capital"
    is_numeral = level.lower() in _ROMAN
    letter = {case} if len(level) == 1 or not is_numeral else set()
    return letter | ({f"{case} numeral"} if is_numeral else set())


def _kind_in(chain: list[str], place: int) -> str:
    """What a level is where it stands: a law's first level are letters, (i) below (A)
    or (1) is a numeral, and (I) is one below (i) alone."""
    kinds = _kinds(chain[place])
    if len(kinds) == 1:
        return kinds.pop()
    case = "small" if chain[place].islower() else "capital"
    above = _kind_in(chain, place - 1) if place else ""
    is_numeral = above == "small numeral" if case == "capital" else bool(above)
    return f"{case} numeral" if is_numeral else case


def _place(level: str, chain: list[str]) -> int | None:
    """Where in a chain a level of this kind stands last."""
    wanted = _kinds(level)
    places = range(len(chain) - 1, -1, -1)
    return next((n for n in places if _kind_in(chain, n) in wanted), None)


def _steps(first: str, last: str) -> list[str]:
    """What lies between (1) and (4), (A) and (C), (i) and (iv); else nothing."""
    if first.isdigit() and last.isdigit():
        between = range(int(first) + 1, int(last))
        return list(map(str, between)) if len(between) <= 30 else []
    small = [first.lower(), last.lower()]
    numerals = _ROMAN if len(last) > 1 or small[0] == "i" and small[1] in "vx" else []
    row = numerals or [chr(sign) for sign in range(ord("a"), ord("z") + 1)]
    if not set(small) <= set(row):
        return []
    steps = row[row.index(small[0]) + 1 : row.index(small[1])]
    return steps if first.islower() else list(map(str.upper, steps))
