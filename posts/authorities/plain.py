"""Normalises text, so that the grammar needs to know one dash and one space."""

import re
import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Line breaks, too: whoever takes text out of HTML decides where lines end.
SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(
    map(chr, [*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000])
)
# Soft hyphens, joiners and marks of direction: readers do not see them.
UNSEEN = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SIGNS = str.maketrans(
    dict.fromkeys(DASHES, "-") | dict.fromkeys(SPACES, " ") | {"’": "'", "＆": "&"}
)
_SEEN = str.maketrans(dict.fromkeys(UNSEEN))
# Letters of no Latin alphabet: a Korean particle follows "I-130" without a space.
_ELSEWHERE = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
# ٢١٤ and ２１４ are 214; for patterns any digit is one.
_DIGIT = re.compile(r"[^\D0-9]")


def plain(text: str) -> tuple[str, list[int] | None]:
    """(the text in plain signs, for each of its characters the place in the text as it
    was, or None where that is the same)."""
    text = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    text = _ELSEWHERE.sub("·", text)
    seen = text.translate(_SEEN)
    if len(seen) == len(text):
        return text.translate(_SIGNS), None
    places = [place for place, sign in enumerate(text) if sign not in UNSEEN]
    return seen.translate(_SIGNS), places
