"""Claims that bar rules watch in advertising. The one list: a line each, `*` stands for
any ending. A hit is no verdict: it asks the attorney to read that place."""

import re
from collections.abc import Iterable

CLAIMS = """
    best
    top
    #1
    number one
    leading
    expert*
    specialist*
    specializ*
    guarantee*
    promise*
    certain to win
    always win
    never lose
    won
    success rate
    proven
    results
    el mejor
    la mejor
    los mejores
    las mejores
    número uno
    líder
    expert[oa]
    expert[oa]s
    especialista*
    especializad*
    garantía
    garantiza*
    garantizad*
    prometemos
    ganamos
    ganado
    éxito asegurado
    resultados
""".split("\n")


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    lines = [line.strip() for line in phrases if line.strip()]
    ways = "|".join(line.replace("*", r"\w*").replace(" ", r"\s+") for line in lines)
    # Not \b: "#1" begins with no letter.
    return re.compile(rf"(?<![\w#])(?:{ways})(?!\w)", re.IGNORECASE)


CLAIM = _pattern(CLAIMS)
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


def claims(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of each watched word in one block of plain text, except where
    it is quoted."""
    # Blanked, not cut, so that the places stay right.
    unquoted = QUOTED.sub(lambda quote: " " * len(quote[0]), text)
    return [(hit[0], hit.start(), hit.end()) for hit in CLAIM.finditer(unquoted)]
