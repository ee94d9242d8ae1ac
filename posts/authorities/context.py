"""Which law a bare section number belongs to, by the words around it."""

import re

_BEFORE, _BEHIND = 48, 60  # characters
_THE_ACT = re.compile(
    r",? ?\(?(?:(?:of|under|in|de|del|en|bajo) (?:the |la |el )?)?"
    r"(?:INA\b|I\. ?N\. ?A\.|LIN\b|Immigration (?:and|&) (?:Nationality"
    r"|Naturalization) Act"
    r"|(?i:ley de inmigraci[oó]n(?: y (?:nacionalidad|naturalizaci[oó]n))?)\b"
    r"|(?i:immigration (?:act|laws?|code|statute)\b)"
    r"|(?<=la )ley\b(?! (?:del?|que|para|sobre|contra|[A-ZÁÉÍÓÚ]\w+"
    r"|\w+(?:al|il|aria|ana|ica|iva|ense))\b)"
    r"|(?<=the )(?:Act|ACT)\b(?! of \d)|(?<=la )Ley\b(?! (?:de|del|para|sobre|contra) "
    r"| (?:[A-ZÁÉÍÓÚ][a-zñáéíóú]|estatal|federal|laboral|penal|civil)))"
)
_BEHIND_IT = re.compile(
    r",? \(?(?:of|from|to|under) (?:the |this |that |our |your |an? )(?!case|law\b)"
    r"|,? \(?of (?:[A-Z0-9]|IIRIRA)"
    r"|,? \(?(?:de|del|en) (?:la |el |los |las )?(?:[A-ZÁÉÍÓÚ]|c[oó]digo|ley"
    r"|reglament|estatut|contrat)"
    r"|,? \(?de (?:dich[oa]|es[ae]) (?:ley|c[oó]digo)"
    r"|,? \(?(?:de|del) (?:este|esta|nuestr[oa]|su) (?:art[ií]culo|gu[ií]a|p[aá]gina"
    r"|formulario|contrato)"
    r"|,? \(?(?:[A-Z][\w.-]+ ){1,4}(?:Act|Code|Law|Rules)\b"
    r"| (?:accounts?|plans?|loans?|tariffs?|cuentas?|préstamos?|aranceles|grams?"
    r"|gramos|pounds"
    r"|libras)\b"
    r"|,? \(?(?:IRC|I\.R\.C|IIRIRA|AC21|TVPRA|NACARA)\b"
)
_OTHER_LAWS = (
    r"(?:(?<!Immigration )(?<!immigration )Law|Code|Rules?|Reglas?|Regulations?"
    r"|Regs?\.?|Act(?: of \d{4})?|Stat(?:ute)?s?\.?"
    r"|Ley(?: (?:del? )?(?:l[ao]s? )?(?!Inmig|Nacion)[A-ZÁÉÍÓÚ]\w+){0,3}"
    r"|C[oó]digo(?: [Pp]enal| [Cc]ivil)?|[Pp]arts?|[Pp]artes?"
    r"|[Tt]itle(?: \d+)?|[Tt][ií]tulo(?: \d+)?|Schedule|[Rr]oom|[Ss]uite|[Aa]pt\.?"
    r"|[Aa]partment|[Uu]nit|[Hh]abitaci[oó]n"
    r"|[Aa]partamento|[Oo]ficina|[Cc]uarto|[Ss]ala|[Pp]iso|[Pp]uerta|[Aa]siento|[Ss]eat|[Gg]ate|[Ff]loor"
    r"|[Tt]able|[Tt]abla|[Ss]tep|[Pp]aso|[Cc]lause|[Cc]l[aá]usula|[Ll]ine"
    r"|[Bb]ox|[Ll][ií]nea|[Ff]orms?|[Ff]ormularios?"
    r"|[Ee]xhibit|[Ii]tems?|[Ff]igures?|[Ll]ease|[Cc]ontract|[Bb]ylaws|[Hh]andbook"
    r"|[Cc]harter|[Cc]onstitution|[Cc]ontrato|[Cc]onstituci[oó]n|[Ee]statutos"
    r"|IRC|I\.R\.C\.|CPLR?|RPA?PL|RPL|GBL|GOL|FCA|DRL|EPTL|SCPA|MDL|PHL|UCC|BCL"
    r"|C\.P\.L\.R?\.?|VTL|AC ?21|IIRA?IRA|TVPR?A|NACARA"
    r"|REAL ID|AEDPA|IRCA|IMMACT|APA|SSA"
    r"|CCRA|LPA|HSA|N\.J\.S\.A?\.?|NJSA|ERISA|FLSA|FTCA|[Rr]ule|R\.)"
)
_BEFORE_IT = re.compile(
    _OTHER_LAWS
    + r",?:? ?\(?(?:(?:§{1,2}|[Ss]ections?|[Ss]ecs?\.|[Ss]ecci[oó]n(?:es)?) ?)?$"
)


def is_of_the_act(text: str, end: int) -> int:
    """Where the Act's name ends that follows directly; 0 where none does."""
    match = _THE_ACT.match(text, end, end + _BEHIND)
    return match.end() if match else 0


def is_of_another_law(text: str, start: int, end: int) -> bool:
    """Whether a number stands beside another law's name, or is not a law's number."""
    before = text[max(0, start - _BEFORE) : start]
    return bool(_BEFORE_IT.search(before) or _BEHIND_IT.match(text, end, end + _BEHIND))
