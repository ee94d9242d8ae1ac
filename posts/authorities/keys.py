"""Keys: one text for one authority, whatever it was called.

    usc.8.1357.g · ina.405 · publ.104-208      statute
    cfr.8.214.2.h · cfr.8.106                  regulation
    form.I-130                                 form
    ia.26.884 · rep.us.559.356 · matter.a-b-   case
    fr.89.6194 · eo.14160 · proc.10949 · pm.7.B.2 · fam.9.402.9   policy
    visa.H-1B · status.TPS                     category

What is before a "." is the parent, so that all below a key lies between "key." and
"key/" in the order of bytes. The Act's sections have the Code's keys; "ina" is for
those that only a note of the Code holds.
"""

import re
from collections.abc import Callable

from .known_cases import SAME
from .reporters import LABELS

KINDS = {
    **dict.fromkeys(["usc", "ina", "publ"], "statute"),
    "cfr": "regulation",
    "form": "form",
    **dict.fromkeys(["ia", "rep", "matter"], "case"),
    **dict.fromkeys(["fr", "eo", "proc", "pm", "fam"], "policy"),
    **dict.fromkeys(["visa", "status"], "category"),
}
MAX_KEY_LENGTH = 120
_PARAGRAPHS = r"(?:\.[A-Za-z0-9]{1,6}){0,10}"
_SHAPES = {
    "usc": rf"\d{{1,2}}\.\d{{1,5}}[a-z]{{0,3}}(?:-\d{{1,2}}[a-z]?)?{_PARAGRAPHS}",
    "ina": rf"\d{{3}}[A-Z]?{_PARAGRAPHS}",
    "publ": r"\d{1,3}-\d{1,4}",
    "cfr": rf"\d{{1,2}}\.\d{{1,4}}[a-z]{{0,2}}(?:\.\d{{1,4}}[a-z]?{_PARAGRAPHS})?",
    "form": r"[A-Z]{1,4}-\d{1,4}[A-Z]{0,3}",
    "ia": r"\d{1,3}\.\d{1,4}",
    "rep": r"[a-z0-9]{1,12}\.\d{1,4}\.\d{1,5}",
    "matter": r"[^\W_][\w-]{0,40}",
    "fr": r"\d{1,3}\.\d{1,6}",
    "eo": r"\d{4,5}",
    "proc": r"\d{4,5}",
    "pm": r"\d{1,2}(?:\.[A-Z](?:\.\d{1,2})?)?",
    "fam": rf"\d{{1,2}}\.\d{{3,4}}(?:\.\d{{1,2}}{_PARAGRAPHS})?",
    "visa": r"[A-Z]{1,2}[0-9]?[A-B]?(?:-\d{1,2}[A-Z]?\d?)?",
    "status": r"[A-Z]{2,6}",
}
_SHAPE = re.compile("|".join(rf"{kind}\.{rest}" for kind, rest in _SHAPES.items()))
# How many levels a whole authority has; what is below are its paragraphs.
_WHOLE = {"usc": 3, "ina": 2, "cfr": 3, "pm": 2, "fam": 3}


def is_key(text: str) -> bool:
    """Whether this is a key, of whatever there may be: an address may say anything."""
    return len(text) <= MAX_KEY_LENGTH and bool(_SHAPE.fullmatch(text))


def kind_of(key: str) -> str:
    """One of KINDS' values. Raises ValueError for what is not a key."""
    if not is_key(key):
        raise ValueError(f"“{key[:MAX_KEY_LENGTH]}” is not the key of an authority.")
    return KINDS[key.partition(".")[0]]


def ancestors(key: str) -> list[str]:
    """The keys above, the nearest first: of usc.8.1182.a.9 usc.8.1182.a, usc.8.1182.
    The title of a code is not an authority, nor is a reporter's volume."""
    levels = key.split(".")
    least = _WHOLE.get(levels[0], len(levels))
    return [".".join(levels[:n]) for n in range(len(levels) - 1, least - 1, -1)]


def covers(parent: str, child: str) -> bool:
    """Whether a change of the one is a change of the other: they are the same, or the
    other is within it. A case by its name is the case in the reporter."""
    parent, child = SAME.get(parent, parent), SAME.get(child, child)
    return child == parent or child.startswith(f"{parent}.")


def label_of(key: str) -> str:
    """A key as people read it, in plain signs: "8 USC 1357(g)". Raises ValueError for
    what is not a key."""
    kind_of(key)
    name, *levels = key.split(".")
    return _LABELS[name](*levels)


# How a law's levels are written: a small letter, a digit, a capital, a numeral …
_CASES = {"usc": "ldUrUl", "ina": "ldUrUl", "cfr": "ldrUdr"}


def cased(name: str, levels: list[str]) -> list[str]:
    """Levels with the capitals that a law's have: of a heading's "212(A)(9)(B)(I)(II)"
    a, 9, B, i, II. No law begins with a capital, so that others are as they were."""
    if not levels or not levels[0].isupper():
        return levels
    return recased(name, levels)


def recased(name: str, levels: list[str]) -> list[str]:
    """As cased(), whatever the first of them is like."""
    kinds = _CASES[name].ljust(len(levels), "?")
    return [
        level.upper() if kind == "U" else level.lower()
        for level, kind in zip(levels, kinds, strict=False)
    ]


def paragraphs(levels: tuple[str, ...]) -> str:
    return "".join(f"({level})" for level in levels)


def _code(name: str, title: str, section: str, *rest: str) -> str:
    return f"{title} {name} {section}{paragraphs(rest)}"


def _regulation(title: str, part: str, *rest: str) -> str:
    section = f".{rest[0]}" if rest else ""
    return f"{title} CFR {part}{section}{paragraphs(rest[1:])}"


def _manual(volume: str, chapter: str, *rest: str) -> str:
    section = f".{rest[0]}" if rest else ""
    below = f"-{rest[1]}{paragraphs(rest[2:])}" if len(rest) > 1 else ""
    return f"{volume} FAM {chapter}{section}{below}"


_LABELS: dict[str, Callable[..., str]] = {
    "usc": lambda *levels: _code("USC", *levels),
    "ina": lambda section, *rest: f"INA {section}{paragraphs(rest)}",
    "publ": lambda number: f"Pub L {number}",
    "cfr": _regulation,
    "form": lambda number: f"form {number}",
    "ia": lambda volume, page: f"{volume} I&N Dec {page}",
    "rep": lambda name, volume, page: f"{volume} {LABELS.get(name, name)} {page}",
    "matter": lambda name: f"matter {name}",
    "fr": lambda volume, page: f"{volume} FR {page}",
    "eo": lambda number: f"EO {number}",
    "proc": lambda number: f"Proclamation {number}",
    "pm": lambda *levels: f"USCIS-PM {' '.join(levels)}",
    "fam": _manual,
    "visa": lambda name: f"visa {name}",
    "status": lambda name: f"status {name}",
}
