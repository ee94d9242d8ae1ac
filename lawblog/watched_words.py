"""Claims that bar rules restrict in advertising: the only list, one a line; `*` stands
for any ending. A hit is no verdict: it asks the attorney to read the passage."""

import re
import unicodedata
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
# Watched in notes about an office only: in articles they often mean something else.
CLAIMED = """
    no. 1
    no 1
    number 1
    numero 1
    we win
    you win
    we always
    success*
""".split("\n")


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    lines = [line.strip() for line in phrases if line.strip()]
    ways = "|".join(line.replace("*", r"\w*").replace(" ", r"\s+") for line in lines)
    # Not \b: "#1" begins with no letter.
    return re.compile(rf"(?<![\w#])(?:{ways})(?!\w)", re.IGNORECASE)


def _without_accents(text: str) -> str:
    split = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


CLAIM = _pattern(CLAIMS)
_BARE = _pattern([_without_accents(line) for line in [*CLAIMS, *CLAIMED]])
# “99 % of our clients”.
_SHARE = re.compile(r"\d\s*%")
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


def watched(text: str) -> str:
    """The first watched word in a text that goes public without review, or "".

    Stricter than claims(): quotation marks hide nothing, nor do accents left out, signs
    that cannot be seen, or letters of other scripts that look like ours.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    for word in plain.split():
        if len({_script(sign) for sign in word if sign.isalpha()}) > 1:
            return word
    bare = _without_accents(plain)
    hit = CLAIM.search(plain) or _BARE.search(bare) or _SHARE.search(bare)
    return hit[0] if hit else ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def claims(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of each watched word in one block of plain text, except where
    it is quoted."""
    # Blanked, not cut, so that the places stay right.
    unquoted = QUOTED.sub(lambda quote: " " * len(quote[0]), text)
    return [(hit[0], hit.start(), hit.end()) for hit in CLAIM.finditer(unquoted)]
