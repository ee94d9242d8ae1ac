"""Visa categories and programmes: "H-1B", "F-1 students", "visa U", "TPS".

Some names are nobody else's. "B-2" is also a vitamin and "L-1" a room: it counts beside
a word that tells, and "U" directly beside one.
"""

import re
from collections.abc import Iterator

from .citation import Group, alone

_ALONE = re.compile(
    r"(?<!\w)(?<![A-Z0-9]-)(?<![$#])(?:(?P<h>[HhLl])-?(?P<hn>1[Bb]1|2[ABab]|1[ABab])"
    r"|EB-?(?P<eb>[1-5][A-C]?)|F-?(?P<f>2[AB])|(?P<op>[OP])-(?P<on>1[ABS])|(?P<ir>CR|IR)-(?P<irn>[1-9]))"
    r"(?:'?s)?(?!\w|-\w|\.\d)"
)
_NAMES = (
    "A-1 A-2 A-3 B-1 B-2 C-1 C-2 C-3 D-1 D-2 E-1 E-2 E-3 F-1 F-2 F-3 G-1 G-2 G-3 G-4 G-5 H-3 "
    "H-4 J-1 J-2 K-1 K-2 K-3 K-4 L-1 L-2 M-1 M-2 M-3 N-8 N-9 O-1 O-2 O-3 P-1 P-2 P-3 P-4 Q-1 R-1 "
    "R-2 S-5 S-6 S-7 T-1 T-2 T-3 T-4 T-5 T-6 U-1 U-2 U-3 U-4 U-5 V-1 V-2 V-3 CR-1 CR-2 IR-1 IR-2 "
    "IR-3 IR-4 IR-5 CW-1 SB-1".split()
)
_NAMED = set(_NAMES)
_BESIDE = re.compile(
    r"(?<!\w)(?<![A-Z0-9]-)(?<![$#&])(?P<letters>[A-HJ-V]|CR|IR|CW|SB)-?(?P<digit>[1-9])(?:'?s)?(?!\w|-\w|\.\d|['&])"
    r"|(?<![\w,.-] )(?<!\w)(?<!-)(?P<whole>TN|TD)(?:'?s)?(?!\w|-\d)"
)
_TELLING = re.compile(
    r"(?i:\b(?:visas?|visados?|status|estatus|estado migratorio|students?|estudiantes?|petitions?|petici[oó]n(?:es)?"
    r"|petitioners?|workers?|trabajador(?:es|as?)?|fianc[eé]{1,2}s?|fiancees?|promet[iy]d[oa]s?|non-?immigrants?|no inmigrantes?"
    r"|visitors?|visitantes?|holders?|titular(?:es)?|classifications?|clasificaci[oó]n(?:es)?|categor(?:y|ies)|categor[ií]as?"
    r"|admissions?|beneficiar(?:y|ies|ios?|ias?)|dependents?|dependientes?|turistas?|tourists?|investors?|inversionistas?"
    r"|scholars?|spouses?|c[oó]nyuges?|EAD|OPT|CPT|I-20|I-94|I-129F?|I-539|exchange visitors?|intercambio|entrants?|nonimmigrant"
    r"|athletes?|atletas?|religious|religios[oa]s?|managers?|gerentes?|executives?|ejecutiv[oa]s?|traders?|treaty|tratado"
    r"|extensions?|transfers?|transferee|transferees|au pairs?|consulate|consulado|embassy|embajada|admitted|inmigrantes?)\b)"
)
_NO_VISA_BEFORE = re.compile(
    r"(?i:\b(?:rooms?|suite|apt\.?|apartments?|zones?|gates?|floors?|sections?|schedules?|levels?|units?|buildings?|vitamins?"
    r"|exhibits?|appendix|tables?|figures?|formula|lines?|rows?|seats?|bus|routes?|highway|terminal|piers?|blocks?|lots?|window"
    r"|windows|counter|hall|wing|pages?|box|grade|class|group|tab|annex|chapter|part|courtroom|door|parking|train|flight"
    r"|habitaci[oó]n|cuarto|oficina|zonas?|puertas?|pisos?|anexos?|l[ií]neas?|salas?|edificio|rutas?|vuelo|asientos?|vitaminas?"
    r"|ventanillas?|f[oó]rmula|tabla|p[aá]gina|secci[oó]n|nivel|grado|grupo|bloque|estacionamiento|tren|aula|sal[oó]n|pasillo"
    r"|apartamento|departamento|autob[uú]s|cap[ií]tulo|prueba|batería|battery|size|talla|paper|papel|nota|score)"
    r"(?: (?:no|nº|núm|number|número)\.?)?[ :#]*)$"
)
_NO_VISA_BEHIND = re.compile(
    r"(?i:[ -](?:racing|steak|sauce|pay|grade|level|vitamin|vitamina|zone|results?|room|bomber|seat|gate|exit|"
    r"battery|paper|students? center|carreras|salida|quality|rated|rating|condition)\b)"
)
_SIDE = 50  # characters in which three words are looked for
_ENDS = re.compile(r"[.;:!?](?= |$)")
_LETTER = r"[\"“'«]?(?P<{0}>[TUV])[\"”'»]?(?!\w|\.\w|\.[A-Z]|['&])"
_KINDS_EN = r"(?:[Vv]isas?|VISAS?|[Nn]on-?immigrant|[Ss]tatus|[Pp]etitions?|[Cc]ertifications?)"
_KINDS_ES = (
    r"(?:[Vv]isas?|VISAS?|[Vv]isados?|[Ee]status|[Pp]etici[oó]n(?:es)?|[Ss]olicitud(?:es)? de visa)"
)
_LETTER_FIRST = re.compile(
    rf"(?<![\w.&'-])(?P<a>[TUV])(?:(?: (?:and|or|&) |/)(?P<b>[TUV]))?[ -]{_KINDS_EN}(?!\w)"
)
_LETTER_LAST = re.compile(
    rf"(?<!\w){_KINDS_ES}(?:,? (?:de )?(?:tipo|clase|categor[ií]a))? [\"“'«]?(?P<a>[TUV])[\"”'»]?"
    r"(?:(?: (?:y|o|u|e|and|or) (?:la |de )?|/)[\"“'«]?(?P<b>[TUV])[\"”'»]?)?(?!\w|\.\w|\. ?[A-Z]\.|['&-])"
)
_PREFERENCE = re.compile(
    r"(?<!\w)F(?P<n>[134])(?!\w|-\w)(?=(?: \w+){0,2} (?:categor|preference|preferencia))"
    r"|(?:[Cc]ategory|[Cc]ategor[ií]a|[Pp]referenc(?:e|ia)) F(?P<m>[134])(?!\w|-\w)"
)
_PROGRAMMES = re.compile(
    r"(?<![\w-])(?:(?P<tps>TPS|(?i:temporary protected status|estatus de protecci[oó]n temporal))"
    r"|(?P<daca>DACA|(?i:deferred action for childhood arrivals|acci[oó]n diferida para los llegados en la infancia))"
    r"|(?P<vawa>VAWA|(?i:violence against women act))"
    r"|(?P<sij>SIJS?|(?i:special immigrant juveniles?(?: status)?))"
    r"|(?P<ded>DED|(?i:deferred enforced departure)))(?:'?s)?(?!\w)"
)


def find(text: str) -> Iterator[Group]:
    for match in _PROGRAMMES.finditer(text):
        yield alone(f"status.{match.lastgroup.upper()}", *match.span())  # type: ignore[union-attr] - one has matched
    for match in _ALONE.finditer(text):
        yield alone(f"visa.{_name(match)}", *match.span())
    for pattern in (_LETTER_FIRST, _LETTER_LAST):
        for match in pattern.finditer(text):
            for letter in filter(None, (match["a"], match["b"])):
                place = match.span("a" if letter == match["a"] else "b")
                yield alone(f"visa.{letter}", *place)
    for match in _PREFERENCE.finditer(text):
        yield alone(f"visa.F{match['n'] or match['m']}", *match.span())
    yield from _beside(text)


def _name(match: re.Match[str]) -> str:
    if match["h"]:
        return f"{match['h']}-{match['hn']}".upper()
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
        before = text[max(0, match.start() - _SIDE) : match.start()]
        behind = text[match.end() : match.end() + _SIDE]
        if _NO_VISA_BEFORE.search(before) or _NO_VISA_BEHIND.match(behind):
            continue
        if _tells(before, behind):
            yield alone(f"visa.{name}", *match.span())


def _tells(before: str, behind: str) -> bool:
    """Whether one of the three words on either side, in this sentence, tells."""
    before = _ENDS.split(before)[-1]
    behind = _ENDS.split(behind)[0]
    near = " ".join(before.split(" ")[-5:]), " ".join(behind.split(" ")[:5])
    return any(map(_TELLING.search, near))
