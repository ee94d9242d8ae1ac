"""The address of an authority's official text. Pure: nothing is fetched; whether an
address still works is for the desk's link check."""

from collections.abc import Callable

from .known_forms import OF_USCIS

_CODE = (
    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{}-section{}"
    "&num=0&edition=prelim"
)
# The service that makes addresses of public laws begins with this Congress.
_FIRST_CONGRESS = 104


def source(key: str, language: str = "en") -> str | None:
    """The address of the official source in a language, where there is an official one
    that a key tells: not for courts' reports, proclamations, visa categories or cards
    that no form stands behind. Raises nothing: of what is not a key there is none."""
    name, *levels = key.split(".")
    maker = _MAKERS.get(name)
    return maker(*levels, language=language) if maker and levels else None


def _code(title: str, section: str = "", *_: str, language: str) -> str | None:
    return _CODE.format(title, section) if section else None


def _law(number: str, *_: str, language: str) -> str | None:
    congress, _dash, law = number.partition("-")
    if not congress.isdigit() or int(congress) < _FIRST_CONGRESS:
        return None
    return f"https://www.govinfo.gov/link/plaw/{congress}/public/{law}"


def _regulation(title: str, part: str = "", *rest: str, language: str) -> str | None:
    if not part:
        return None
    base = f"https://www.ecfr.gov/current/title-{title}"
    if not rest:
        return f"{base}/part-{part}"
    section = f"{part}.{rest[0]}"
    below = "".join(f"({level})" for level in rest[1:])
    anchor = f"#p-{section}{below}" if below else ""
    return f"{base}/section-{section}{anchor}"


def _form(code: str, *_: str, language: str) -> str | None:
    if code not in OF_USCIS:
        return None
    return f"https://www.uscis.gov/{'es/' if language == 'es' else ''}{code.lower()}"


def _board(volume: str, *_: str, language: str) -> str:
    # The list of a volume: no decision has an address that its citation tells.
    return f"https://www.justice.gov/eoir/volume-{volume}"


def _register(volume: str, page: str = "", *_: str, language: str) -> str | None:
    return (
        page and f"https://www.federalregister.gov/citation/{volume}-FR-{page}" or None
    )


def _order(number: str, *_: str, language: str) -> str:
    return f"https://www.federalregister.gov/executive-order/{number}"


def _manual(volume: str, *rest: str, language: str) -> str:
    part = f"-part-{rest[0].lower()}" if rest else ""
    chapter = f"-chapter-{rest[1]}" if len(rest) > 1 else ""
    return f"https://www.uscis.gov/policy-manual/volume-{volume}{part}{chapter}"


_MAKERS: dict[str, Callable[..., str | None]] = {
    "usc": _code,
    "publ": _law,
    "cfr": _regulation,
    "form": _form,
    "ia": _board,
    "fr": _register,
    "eo": _order,
    "pm": _manual,
}
