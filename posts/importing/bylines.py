"""Bylines: who wrote an article and when, as in “Mary Roe | August 27, 2018 | 3 min
read”. Pure."""

from __future__ import annotations

import re

from .dates import Dated, dated_line

_NAME = (
    r"(?:(?:[A-ZÁÉÍÓÚÑ][\w’'.-]*|de|del|la|van|von|y)\s+){1,4}[A-ZÁÉÍÓÚÑ][\w’'.-]*"
    r"(?:,\s*Esq\.?)?"
)
NAME = re.compile(_NAME)
BYLINE = re.compile(
    r"(?:(?:written |posted |published )?by|(?:escrito |publicado )?por|author|autora?)"
    r"\s*:?\s+(\S.{1,60})",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"top of page|skip to main content|log in(?: / sign up)?|iniciar sesión|sign up"
    r"|all posts|todas las entradas|search|buscar|post not marked as liked|share"
    r"|\d+ min(?:\.|utes?|utos?)?(?: read| de lectura)?|\d+ (?:views?|visualizaci\w+)"
    r"(?: \d+ (?:comments?|comentarios?))?|\d+ (?:comments?|comentarios?|likes?)",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"(?:last )?(?:updated|edited|actualizad[oa]|modificad[oa])(?: on| el)?"
    r"\s*:?\s*(.+)",
    re.IGNORECASE,
)
# A dash alone may stand in a title: “USCIS Memo – June 28, 2018”.
_PARTS = re.compile(
    r"\s*[|•·∙⋅()\[\]]\s*|\s+[–—/-]\s+(?=by |por |\d+ )|\s+(?=(?:last )?updated\b)",
    re.IGNORECASE,
)
# “By Mary Roe, August 27, 2018”, “Posted on August 27, 2018 by Mary Roe”.
_WRITER = r"(?i:(?:written |posted |published |escrito |publicado )?(?:by|por)\s+)"
_BEFORE = re.compile(rf"{_WRITER}({_NAME})\s*(?:,|\b(?:on|el)\b)\s*(.*\d.*)")
_AFTER = re.compile(rf"(.*\d.*?),?\s+{_WRITER}({_NAME})")
_MAX_BYLINE_LENGTH = 160  # characters


def dated_byline(line: str, *, day_first: bool = False) -> Dated | None:
    """As dated_line(), for lines that may name the writer as well."""
    line = " ".join(line.split())
    if len(line) > _MAX_BYLINE_LENGTH or not any(sign.isdigit() for sign in line):
        return None
    if match := _BEFORE.fullmatch(line):
        author, rest = match.groups()
    elif match := _AFTER.fullmatch(line):
        rest, author = match.groups()
    else:
        return dated_line(line, day_first=day_first) or _of_parts(line, day_first)
    dated = dated_line(rest, day_first=day_first) or _of_parts(rest, day_first)
    return dated and dated._replace(author=dated.author or author)


def _of_parts(line: str, day_first: bool) -> Dated | None:
    """What signs like “|” separate: one date, and nothing but what goes with one."""
    dated, author = None, ""
    for part in filter(None, _PARTS.split(line)):
        if found := None if dated else dated_line(part, day_first=day_first):
            dated = found
        elif not author and (name := _name(part)):
            author = name
        elif not FURNITURE.fullmatch(part) and not UPDATED.fullmatch(part):
            return None
    return dated and dated._replace(author=author)


def _name(part: str) -> str:
    if match := BYLINE.fullmatch(part):
        return str(match[1])
    return part if len(part) <= 40 and NAME.fullmatch(part) else ""
