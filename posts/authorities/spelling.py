"""One authority in any spelling, as people type it into a search box → its key."""

import re

from . import citations, ina
from .keys import is_key, recased
from .known_forms import is_known, of_number
from .plain import plain

MAX_QUERY_LENGTH = 200  # characters; the rest is not looked at
_LAW = re.compile(
    r"(?:(?P<title>\d{1,2}) ?(?P<code>u\. ?s\. ?c\.?|usc|c\. ?f\. ?r\.?|cfr)"
    r"|(?P<ina>ina|i\.n\.a\.|the act))?"
    r"[ ,:]*(?:§+|sections?|secs?\.?|secci[oó]n|art[ií]culo|parts?|parte)? ?"
    r"(?P<number>\d{1,4}(?:[a-z](?![a-z]))?(?:-\d{1,2}|\.\d{1,4})?)(?P<rest>[\w ()-]*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+|\d+", re.IGNORECASE)
_LEVEL = re.compile(r"[a-z]{1,2}|[ivxl]{1,6}|\d{1,3}", re.IGNORECASE)
_FORM = re.compile(
    r"(?:(?:the )?(?:forms?|formularios?|formas?|planillas?) ?)?(?:(?P<letters>i|n|g"
    r"|ar|ds|eta|eoir)[- ]?)?"
    r"(?P<number>\d{1,4}-?[a-z]{0,2})",
    re.IGNORECASE,
)
_MANUAL = re.compile(r"uscis-pm (\d+)(?: ([a-z])(?: (\d+))?)?", re.IGNORECASE)
_MATTER = re.compile(r"(?:in the )?matter (?:of )?(?P<name>[\w.'-]+)", re.IGNORECASE)
_CATEGORY = re.compile(
    r"(?:visas? |status |estatus )?([a-z]{1,4}(?:-| (?=\d))?\d?[a-z]?\d?)s?"
    r"(?: visas?| status)?",
    re.I,
)


def key_of(query: str) -> str | None:
    """The key of the one authority that a query names: "INA 212(a)(9)(B)", "212a9b",
    "8 usc 1182", "i485", "form 485", "matter of dhanasar", a label or a key. None for
    anything else. Of several, the first."""
    text = " ".join(plain(query[:MAX_QUERY_LENGTH])[0].split()).strip(" .,;:")
    if is_key(text):
        return text
    if key := _law(text):
        return key
    if found := citations(text):
        return found[0].key
    return _form(text) or _manual(text) or _matter(text) or _category(text)


def _law(text: str) -> str | None:
    match = _LAW.fullmatch(text)
    if not match:
        return None
    levels = _WORD.findall(match["rest"])
    if not all(map(_LEVEL.fullmatch, levels)):
        return None
    number = match["number"]
    if match["title"]:
        code = "usc" if "u" in match["code"].lower() else "cfr"
        key = ".".join([code, match["title"], number.lower(), *levels])
    else:
        key = _section(number, levels, is_named=bool(match["ina"])) or ""
    return _cased(key, text) if is_key(key) else None


def _section(number: str, levels: list[str], *, is_named: bool) -> str | None:
    """A section of the Act. A lone number that is not a 2xx is rather a form's."""
    if not re.fullmatch(r"\d{3}[A-Za-z]?", number):
        return None
    known = ina.section(number, bool(levels) and levels[0].isalpha())
    if not known or not (is_named or levels or known[1] or number[0] == "2"):
        return None
    section, letter = known
    return ina.key(section, [*filter(None, [letter]), *levels])


def _cased(key: str, text: str) -> str:
    """Who types no capitals means the ones that the law's levels have."""
    name, *rest = key.split(".")
    if name not in ("usc", "cfr") or any(map(str.isupper, re.sub(r"^\D+", "", text))):
        return key
    above = 2 if name == "usc" else 3
    return ".".join([name, *rest[:above], *recased(name, rest[above:])])


def _form(text: str) -> str | None:
    match = _FORM.fullmatch(text)
    if not match:
        return None
    number = match["number"].replace("-", "").upper()
    if not match["letters"]:
        code = of_number(number) if len(number) > 2 else None
        return f"form.{code}" if code else None
    code = f"{match['letters'].upper()}-{number}"
    return f"form.{code}" if is_known(code) else None


def _manual(text: str) -> str | None:
    match = _MANUAL.fullmatch(text)
    levels = [level.upper() for level in match.groups() if level] if match else []
    return ".".join(["pm", *levels]) if levels else None


def _matter(text: str) -> str | None:
    match = _MATTER.fullmatch(text)
    return f"matter.{match['name'].lower()}" if match else None


def _category(text: str) -> str | None:
    match = _CATEGORY.fullmatch(text)
    name = match[1].upper().replace(" ", "-") if match else ""
    found = citations(f"{name} visa") or citations(name)
    return found[0].key if found and found[0].kind == "category" else None
