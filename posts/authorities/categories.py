"""Visa categories and programmes: "H-1B", "F-1 students", "visa U", "TPS".

Some names are nobody else's. "B-2" is also a vitamin and "L-1" a room: it counts beside
a word that tells, and "U" directly beside one.
"""

import re
import string
from collections.abc import Iterator

from .citation import Group, alone
from .lists import NUMBER_SIGN

_ALONE = re.compile(
    r"(?<!\w)(?<![A-Z0-9]-)(?<![$#])(?:(?P<h>[HhLl])-?(?P<hn>1-?[Bb]1?|2-?[ABab]|1[Aa])"
    r"|EB-?(?P<eb>[1-5][A-C]?)|F-?(?P<f>2[AB])|(?P<op>[OP])-(?P<on>1[ABS])|(?P<ir>CR"
    r"|IR)-(?P<irn>[1-9]))"
    r"(?:'?s)?(?!\w|-\d|-[A-Z]+\b|\.\d)"
)
_NAMES = (
    "A-1 A-2 A-3 B-1 B-2 C-1 C-2 C-3 D-1 D-2 E-1 E-2 E-3 F-1 F-2 F-3 G-1 G-2 G-3 G-4"
    " G-5 H-3 "
    "H-4 J-1 J-2 K-1 K-2 K-3 K-4 L-1 L-2 M-1 M-2 M-3 N-8 N-9 O-1 O-2 O-3 P-1 P-2 P-3"
    " P-4 Q-1 R-1 "
    "R-2 S-5 S-6 S-7 T-1 T-2 T-3 T-4 T-5 T-6 U-1 U-2 U-3 U-4 U-5 V-1 V-2 V-3 CR-1 CR-2"
    " IR-1 IR-2 "
    "IR-3 IR-4 IR-5 CW-1 SB-1".split()
)
_NAMED = set(_NAMES)
_BESIDE = re.compile(
    r"(?<!\w)(?<![A-Z0-9]-)(?<![$#&])(?P<letters>[A-HJ-V]|CR|IR|CW"
    r"|SB)-?(?P<digit>[1-9])(?:'?s)?(?!\w|-\d|-[A-Z]+\b|\.\d|['&])"
    r"|(?<!, )(?<!\w)(?<!-)(?P<whole>TN|TD)(?:'?s)?(?!\w|-\d)"
)
# What tells of any category, and what tells of those with certain first letters: an
# "A-1 student" is a good one.
_TELLING = (
    r"visas?|visados?|status|estatus|estado migratorio|petitions?|petitioners?"
    r"|petici[oó]n(?:es)?|non-?immigrants?|no inmigrantes?|holders?|titular(?:es)?"
    r"|classifications?|clasificaci[oó]n(?:es)?|categor(?:y|ies)|categor[ií]as?"
    r"|admissions?"
    r"|admitted|beneficiar(?:y|ies|ios?|ias?)|EAD|I-20|I-94|I-129|I-539|consulates?"
    r"|consulados?|overstay(?:ed|s|ing)?|embass(?:y|ies)|embajadas?|immigrants?"
    r"|inmigrantes?"
)
_TELLING_OF = [
    (set("FMJ"), r"students?|estudiantes?|OPT|CPT|dependents?|dependientes?|programs?"),
    (set("JQ"), r"exchange|intercambio|scholars?|au pairs?|becari[oa]s?|cultural"),
    (
        set("EHLORTC"),
        r"workers?|trabajador(?:es|as?)?|employees?|emplead[oa]s?|extensions?",
    ),
    (set("HJ"), r"trainees?|interns?|aprendices|pasantes"),
    (
        set("FHLEJKRTOPMQV"),
        r"spouses?|c[oó]nyuges?|espos[oa]s?|dependents?|dependientes?|children|child|hij[oa]s?",
    ),
    (set("E"), r"investors?|inversionistas?|treaty|tratado|traders?|comerciantes?"),
    (set("K"), r"fianc[eé]{1,2}s?|fiancees?|prometid[oa]s?|novi[oa]s?"),
    (set("P"), r"athletes?|atletas?|artists?|artistas?|entertainers?"),
    (set("O"), r"artists?|artistas?|extraordinary|extraordinarias?|scientists?"),
    (set("R"), r"religious|religios[oa]s?|ministers?|pastor(?:es|s)?|clergy"),
    (
        set("L"),
        r"managers?|gerentes?|executives?|ejecutiv[oa]s?|transferees?|transfers?",
    ),
    (set("B"), r"visitors?|visitantes?|tourists?|turistas?|turismo"),
    (set("CD"), r"crew(?:members?)?|transit|tripulantes?|tránsito"),
    (set("STUV"), r"victims?|víctimas?|derivatives?|derivad[oa]s?"),
    (set("EHLT"), r"professionals?|profesionales?|profesionistas?"),
    (set("T"), r"canadians?|canadienses?|mexicans?|mexican[oa]s?|treaty|tratado"),
]
# B-1/B-2 and TN/TD, seen from either: nothing else is written so.
_PAIR = r"B-?1/\| *$|\| */B-?2\b|TN/\| *$|\| */TD\b"
# {first letter: one pattern for all that tells}
_TELLING_BESIDE = {
    letter: re.compile(
        "|".join(
            [
                rf"(?i:\b(?:{_TELLING}",
                *(words for of, words in _TELLING_OF if letter in of),
            ]
        )
        + rf")\b)|{_PAIR}"
    )
    for letter in string.ascii_uppercase
}
_NO_VISA_BEFORE = re.compile(
    r"(?i:\b(?:rooms?|suite|apt\.?|apartments?|zones?|gates?|floors?|sections?"
    r"|schedules?|levels?|units?|buildings?|vitamins?"
    r"|exhibits?|appendix|tables?|figures?|formula|lines?|rows?|seats?|bus|routes?"
    r"|highway|terminal|piers?|blocks?|lots?|window"
    r"|windows|counter|hall|wing|pages?|box|grade|class|group|tab|annex|chapter|part"
    r"|courtroom|door|parking|train|flight"
    r"|habitaci[oó]n|cuarto|oficina|zonas?|puertas?|pisos?|anexos?|l[ií]neas?|salas?"
    r"|edificio|rutas?|vuelo|asientos?|vitaminas?"
    r"|ventanillas?|f[oó]rmula|tabla|p[aá]gina|secci[oó]n|nivel|grado|grupo|bloque"
    r"|estacionamiento|tren|aula|sal[oó]n|pasillo"
    r"|apartamento|departamento|autob[uú]s|cap[ií]tulo|prueba|batería|battery|size"
    r"|talla|paper|papel|nota|score)"
    rf"(?: {NUMBER_SIGN})?[ :#]*)$"
)
_NO_VISA_BEHIND = re.compile(
    r"(?i:[ -](?:bus(?:es)?|trains?|flights?|jets?|racing|steak|sauce|pay|grade|level"
    r"|vitamin|vitamina|zone|results?|room|bomber|seat|gate|exit|"
    r"battery|paper|students? center|carreras|salida|quality|rated|rating|condition)\b)"
)
# "H-1B/H-4", "H-1Bs and H-4s": what stands beside a name that is nobody else's.
_CERTAIN = r"(?:[HL]-?[12][AB]1?|EB-?[1-5]|O-?1[AB]|TN)(?:'?s)?"
_JOINT = r"(?: ?/ ?|,? (?:and|or|to|in lieu of|y|o|u|a) )(?:an? |la )?"
_PARTNER_BEFORE = re.compile(rf"(?<!\w){_CERTAIN}{_JOINT}$")
_PARTNER_BEHIND = re.compile(rf"{_JOINT}{_CERTAIN}(?!\w)")
_REACH_LENGTH = 50  # characters in which three words are looked for
_ENDS = re.compile(r"[.;:!?](?= |$)")
_KINDS_EN = (
    r"(?:[Vv]isas?|VISAS?|[Nn]on-?immigrants?|[Ss]tatus|[Pp]etitions?"
    r"|[Cc]ertifications?)"
)
_KINDS_ES = (
    r"(?:[Vv]isas?|VISAS?|[Vv]isados?|[Ee]status|[Nn]o inmigrantes?"
    r"|[Pp]etici[oó]n(?:es)?"
    r"|[Ss]olicitud(?:es)? de visa)"
)
_LETTER_FIRST = re.compile(
    rf"(?<![\w.&'-])[\"“«]?(?P<a>[TUV])[\"”»]?(?:(?: (?:and|or|&) "
    rf"|/)[\"“«]?(?P<b>[TUV])[\"”»]?)?[ -]{_KINDS_EN}(?!\w)"
)
_LETTER_LAST = re.compile(
    rf"(?<!\w)(?=[VvEePpSNn]){_KINDS_ES}(?:,? (?:de )?(?:tipo|clase"
    rf"|categor[ií]a))?[ -][\"“'«]?(?P<a>[TUV])[\"”'»]?"
    r"(?:(?: (?:y|o|u|e|and|or) (?:la |de )?|/)[\"“'«]?(?P<b>[TUV])[\"”'»]?)?(?!\w"
    r"|\.\w|\. ?[A-Z]\.|['&-])"
)
_PREFERENCE = re.compile(
    r"(?<!\w)F(?P<n>[134])(?!\w|-\w)(?=(?: \w+){0,2} (?:categor|preference"
    r"|preferencia))"
    r"|(?:[Cc]ategor(?:y|ies|[ií]as?)|[Pp]referenc(?:es?|ias?)|F2[AB](?:,| and| y)?) "
    r"(?:and |y )?F(?P<m>[134])(?!\w|-\w)"
)
_PROGRAMMES = re.compile(
    r"(?<![\w-])(?=[A-ETVSa-etvs])(?:(?P<tps>TPS|(?i:temporary protected status"
    r"|estatus de protecci[oó]n temporal))"
    r"|(?P<daca>DACA|(?i:deferred action for childhood arrivals"
    r"|acci[oó]n diferida para los llegados en la infancia))"
    r"|(?P<vawa>VAWA|(?i:violence against women act))"
    r"|(?P<sij>SIJS?|(?i:special immigrant juveniles?(?: status)?))"
    r"|(?P<ded>DED|(?i:deferred enforced departure)))(?:'?s)?(?!\w)"
)


def find(text: str) -> Iterator[Group]:
    for match in _PROGRAMMES.finditer(text):
        name = match.lastgroup or ""
        yield alone(f"status.{name.upper()}", *match.span())
    for match in _ALONE.finditer(text):
        yield alone(f"visa.{_name(match)}", *match.span())
    for pattern in (_LETTER_FIRST, _LETTER_LAST):
        for match in pattern.finditer(text):
            for letter in filter(None, (match["a"], match["b"])):
                place = match.span("a" if letter == match["a"] else "b")
                yield alone(f"visa.{letter}", *place)
    for match in _PREFERENCE.finditer(text):
        start = match.start("n") if match["n"] else match.start("m")
        yield alone(f"visa.F{match['n'] or match['m']}", start - 1, match.end())
    yield from _beside(text)


def _name(match: re.Match[str]) -> str:
    if match["h"]:
        return f"{match['h']}-{match['hn'].replace('-', '')}".upper()
    if match["f"]:
        return f"F{match['f']}"
    if match["eb"]:
        return f"EB-{match['eb']}"
    return f"{match['op'] or match['ir']}-{match['on'] or match['irn']}"


def _beside(text: str) -> Iterator[Group]:
    """What counts beside a word that tells, three words away at most."""
    for match in _BESIDE.finditer(text):
        name = match["whole"] or f"{match['letters']}-{match['digit']}"
        if not match["whole"] and name not in _NAMED:
            continue
        before = text[max(0, match.start() - _REACH_LENGTH) : match.start()]
        behind = text[match.end() : match.end() + _REACH_LENGTH]
        if _NO_VISA_BEFORE.search(before) or _NO_VISA_BEHIND.match(behind):
            continue
        if (
            _tells(name[0], before, behind)
            or _PARTNER_BEFORE.search(before)
            or _PARTNER_BEHIND.match(behind)
        ):
            yield alone(f"visa.{name}", *match.span())


def _tells(letter: str, before: str, behind: str) -> bool:
    """Whether one of the words on either side, in this sentence, tells."""
    before, behind = _ENDS.split(before)[-1], _ENDS.split(behind)[0]
    near = " ".join([*before.split(" ")[-5:], "|", *behind.split(" ")[:5]])
    return bool(_TELLING_BESIDE[letter].search(near))
