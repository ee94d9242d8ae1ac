"""Forms: "Form I-130", "Forms I-765 and I-485", "the EOIR-33/IC", "forma I 130"."""

import re
from collections.abc import Iterator

from .citation import Group, Item, alone
from .known_forms import is_known
from .lists import NUMBER_SIGN

_WORD = (
    r"(?<!\w)(?:[Ff]orms?|FORMS?|[Ff]ormularios?|FORMULARIOS?|[Ff]ormas?|[Pp]lanillas?)"
    r"(?: (?:USCIS|DHS|EOIR|DOL|DOS|ICE|CBP|IRS|SSA|"
    rf"{NUMBER_SIGN}))?[ :#-]*\(?"
)
_CODE = (
    r"(?P<letters>[A-Za-z]{1,4})(?P<between> ?- ?| ?)(?P<digits>\d{1,4})"
    # "I-130s" is several, "I-129S" another form.
    r"(?P<suffix>-?[A-Z]{1,2}|[a-rt-z]{0,2})(?:'?s)?(?![\w]|-\d)"
)
_AFTER_WORD = re.compile(rf"{_WORD}(?={_CODE})")
_LISTED = re.compile(_CODE)
_AND = re.compile(
    r"(?:/(?:IC|BIA))?(?:[,;]? (?:and/or|y/o|and|or|y|e|o|u|&) (?:(?:the|el|la|los"
    r"|las) )?|[,;] ?| ?/ ?)"
)
_BARE = re.compile(
    # An address in a text, uscis.gov/i-130, is not prose.
    r"(?<!\w)(?<![A-Z0-9]-)(?<![$#])(?<!\.gov/)(?<!\.gov/es/)(?P<code>"
    r"(?:[INGing]-\d{1,4}|[Aa][Rr]-?11|(?:EOIR|ETA|DS|eoir(?=-)|ds(?=-))"
    r"(?:[- ]?| Form )\d{1,4}"
    r"|[IN]\d{3}|I94|G28)"
    r"(?:[A-Z]{1,2}|[a-rt-z]{1,2}|-[A-Z](?![\w-]))?)(?:'?s)?(?!\w|-\d|-[A-Z]+\b|\.\d)"
)
_CLOSE = 30  # characters on either side that tell a road
# Interstate highways that are not forms: beside one of these, I-90 is one, too.
_ROAD = re.compile(
    r"(?<![\w-])I-(?:5|10|15|25|26|35|40|44|45|55|57|59|64|65|66|69|70|71|74|75|76|77"
    r"|78|79"
    r"|80|81|82|83|84|85|86|87|88|89|91|93|95|96|97|99|195|276|278|280|287|295|495"
    r"|676|678|684|878)(?!\w)"
)
# Beside a number of two digits these words are enough, wherever they stand.
_ROADWAY = re.compile(
    r"(?i:\b(?:traffic|highways?|interstates?|freeway|turnpike|tr[aá]fico|autopista"
    r"|carretera|exits? \d+|salida \d+)\b)"
)
_ROAD_BEFORE = re.compile(
    r"(?i:\b(?:highway|interstate|freeway|turnpike|traffic (?:on|along|at)"
    r"|exits? \d+\w?,? (?:on|off|of|from)|merge onto|onto|"
    r"driv(?:e|es|ing|en) (?:\w+ ){0,3}(?:via|on|along|down|up)"
    r"|drove (?:\w+ ){0,3}(?:on|along|down|up)|"
    r"(?:crash|accident|lanes?|tolls?|miles?) (?:on|of|along)|carretera|autopista"
    r"|tráfico en|tr[aá]nsito en|"
    r"accidente en|salida \d+\w? (?:de|en)|interestatal|conduzca por|maneje por"
    r"|vaya por|via|por la ruta)"
    r"(?: (?:the|la|el))? )$"
)
_ROAD_BEHIND = re.compile(
    r"(?i:,? (?:degrees|grados|north|south|east|west|northbound|southbound|eastbound"
    r"|westbound|"
    r"(?:at |near |to |off )?exits? \d|(?:at|near|to) exit|traffic|bridge|corridor"
    r"|highway|interchange|"
    r"overpass|toll|ramp|rest stop|expressway|turnpike|hacia|norte|hasta la salida|"
    r"(?:en |por )?la salida|salida|was (?:heavy|closed|jammed)|is (?:closed|jammed)"
    r"|estaba cerrada|est[aá] cerrada|"
    r"(?:toward|towards|into|through) [A-Z])(?![\w]))"
)


def find(text: str) -> Iterator[Group]:
    for head in _AFTER_WORD.finditer(text):
        if items := list(_list(text, head.end())):
            yield Group(head.start(), items[-1].end, items)
    for match in _BARE.finditer(text):
        code = code_of(match["code"])
        if is_known(code) and not _is_road(text, code, match):
            yield alone(f"form.{code}", *match.span())


def code_of(written: str) -> str:
    """ "i130" → "I-130", "EOIR 42B" → "EOIR-42B"."""
    match = re.fullmatch(r"([A-Za-z]+)(?:[- ]?| Form )(\d+)-?([A-Za-z]*)", written)
    assert match, f"{written!r} has not the shape of _CODE"  # noqa: S101 - for mypy
    letters, digits, suffix = match.groups()
    return f"{letters}-{digits}{suffix}".upper()


def _list(text: str, place: int) -> Iterator[Item]:
    """The codes from a place on, at most twelve. What is not a known form must look
    like one: capitals and a dash, and no visa."""
    for _ in range(12):
        match = _LISTED.match(text, place)
        if not match:
            return
        code = code_of(match["letters"] + match["digits"] + match["suffix"])
        looks_so = match["between"].strip() == "-" and match["letters"].isupper()
        is_visa = re.fullmatch(r"(?:H-[1-4]|L-[12]|[A-FJKMOPQRTUV]-[1-6]).?.?", code)
        if not is_known(code) and (not looks_so or is_visa):
            return
        yield Item(f"form.{code}", *match.span())
        following = _AND.match(text, match.end())
        if not following:
            return
        place = following.end()


def _is_road(text: str, code: str, match: re.Match[str]) -> bool:
    """Whether I-90 is a highway here (or I-9 a figure of speech about the cold)."""
    if not code.startswith("I-"):
        return False
    before = text[max(0, match.start() - _CLOSE) : match.start()]
    behind = text[match.end() : match.end() + _CLOSE]
    return bool(
        _ROAD_BEFORE.search(before)
        or _ROAD_BEHIND.match(behind)
        or len(code) == 4
        and any(map(_ROAD.search, (before, behind)))
        or len(code) == 4
        and any(map(_ROADWAY.search, (before, behind)))
    )
