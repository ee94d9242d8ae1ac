"""An authority's name for readers, in their language: "8 U.S.C. § 1357(g)", "Form
I-130", "Formulario I-130". (Labels, in keys.py, are for the desk.)"""

from . import ina
from .keys import kind_of, label_of, paragraphs
from .known_cases import SAME

_WORDS = {
    "en": {
        "form": "Form {}",
        "visa": "{} visa",
        "family": "{} preference category",
        "matter": "Matter of {}",
        "part": "part",
        "eo": "Executive Order {}",
        "proc": "Proclamation {}",
        "publ": "Public Law {}",
    },
    "es": {
        "form": "Formulario {}",
        "visa": "Visa {}",
        "family": "Categoría de preferencia {}",
        "matter": "Matter of {}",
        "part": "parte",
        "eo": "Orden Ejecutiva {}",
        "proc": "Proclamación {}",
        "publ": "Ley Pública {}",
    },
}
_MANUAL = {
    "en": ["USCIS Policy Manual, Volume {}", ", Part {}", ", Chapter {}"],
    "es": ["Manual de Políticas de USCIS, volumen {}", ", parte {}", ", capítulo {}"],
}
_STATUSES = {
    "TPS": ("Temporary Protected Status (TPS)", "Estatus de Protección Temporal (TPS)"),
    "DACA": (
        "Deferred Action for Childhood Arrivals (DACA)",
        "Acción Diferida para los Llegados en la Infancia (DACA)",
    ),
    "VAWA": (
        "Violence Against Women Act (VAWA)",
        "Ley de Violencia contra la Mujer (VAWA)",
    ),
    "SIJ": (
        "Special Immigrant Juvenile status (SIJ)",
        "Estatus Especial de Inmigrante Juvenil (SIJ)",
    ),
    "DED": ("Deferred Enforced Departure (DED)", "Salida Forzosa Diferida (DED)"),
}
# {"ia.26.884": "dhanasar"}
_NAMED = {key: name.partition(".")[2] for name, key in SAME.items()}
_FAMILY = {"F1", "F2A", "F2B", "F3", "F4"}


def name_of(key: str, language: str = "en") -> str:
    """An authority as a page names it; in English for a language that has no names
    here. Raises ValueError for what is not a key."""
    kind_of(key)
    language = language if language in _WORDS else "en"
    words = _WORDS[language]
    name, *levels = key.split(".")
    if name == "usc":
        return f"{levels[0]} U.S.C. § {levels[1]}{paragraphs(tuple(levels[2:]))}"
    if name == "cfr":
        return _regulation(levels, words["part"])
    if name == "pm":
        return "".join(map(str.format, _MANUAL[language], levels))
    if name == "status" and levels[0] in _STATUSES:
        return _STATUSES[levels[0]][language == "es"]
    if name == "matter":
        return words["matter"].format(_case(levels[0]))
    if name in words:
        # An F1 is a citizen's grown child, and an F-1 a student.
        return words["family" if levels[0] in _FAMILY else name].format(levels[0])
    if cited := _NAMED.get(key):
        return f"{words['matter'].format(_case(cited))}, {_cited(label_of(key))}"
    # What is left is cited alike everywhere.
    return _cited(label_of(key).removeprefix("visa ").removeprefix("status "))


def act_name(key: str) -> str | None:
    """ "INA 287(g)" for usc.8.1357.g: what practitioners say. None for what is not in
    the Act."""
    name, *levels = key.split(".")
    number = ina.INA_OF.get(levels[1]) if name == "usc" and levels[0] == "8" else None
    return f"INA {number}{paragraphs(tuple(levels[2:]))}" if number else None


def _regulation(levels: list[str], part: str) -> str:
    if len(levels) == 2:
        return f"{levels[0]} C.F.R. {part} {levels[1]}"
    below = paragraphs(tuple(levels[3:]))
    return f"{levels[0]} C.F.R. § {levels[1]}.{levels[2]}{below}"


def _case(name: str) -> str:
    """Initials are capitals, "A-B-"; so is each word of a name."""
    return "-".join(word.capitalize() for word in name.split("-"))


def _cited(label: str) -> str:
    for plain, usual in (
        ("I&N Dec", "I&N Dec."),
        (" US ", " U.S. "),
        ("S Ct", "S. Ct."),
        ("F Supp", "F. Supp."),
        (" FR ", " Fed. Reg. "),
    ):
        label = label.replace(plain, usual)
    return label
