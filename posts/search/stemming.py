"""Tokens of the search index: folded and stemmed words, the same on every database.
Pure.

Every usual spelling of a word that law is full of comes out alike: H-1Bs with any dash
is h1b, F.B.I. is fbi, § is the language's word for it. What more a text can be found
by, its extra_tokens.py says.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import repeat

import Stemmer
from django.conf import settings

from posts.authorities.plain import DASHES

STEMMERS = {"en": "english", "es": "spanish"}
# Longer ones are not words of any language, and PostgreSQL refuses them.
MAX_TOKEN_LENGTH = 60
DASH = f"[-{DASHES}]"
# Chinese and Japanese put no spaces between words: each character stands alone.
_ALONE = "\u3040-\u30ff\u3400-\u9fff"
LETTERS = rf"[^\W_{_ALONE}]+"
# Accents and vowel signs that are characters of their own.
_MARKS = "\u0300-\u036f\u064b-\u0655\u0670"
# Soft hyphens and joiners stand inside a word, unseen.
_SOFT = "\xad\u200c\u200d\u2060\ufeff"
WORD = re.compile(
    # I-130, H-1Bs and EOIR-42B are one word, so that i130 finds them.
    rf"[A-Za-z]{{1,4}}{DASH}\d{{1,4}}[A-Za-z]{{0,2}}(?:['’]?s)?\b"
    # So is F.B.I., with its last dot or without.
    r"|(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?(?:['’]s\b)?"
    r"|§+|\b[Ss]ecc?\.(?=\s?\d)"
    rf"|[{_ALONE}]|{LETTERS}(?:['’{_MARKS}{_SOFT}]+{LETTERS})*[{_MARKS}]*"
)
_POSSESSIVE = re.compile("['’]s$")
# h1bs, i130: as they are, but for a plural.
_CODE = re.compile(r"([a-z]{1,4}\d{1,4}[a-z]{0,2}?)s?")
_SECTION_SIGN = re.compile(r"§+|secc?\.")
_SECTION = {"en": "section", "es": "seccion"}
# Snowball takes "examenes" for another word than "examen", and "anos" than "ano".
_SPANISH_PLURAL = re.compile(
    r"(?<=\w\w[aeiou][nlrdsyj])es$|(?<=^[aeiou][^\Waeiou][aeiou])s$"
)


def stem(word: str, language: str | None) -> str:
    """'Solicitudes' → 'solicitud'; only letters and digits, at most MAX_TOKEN_LENGTH,
    may be empty. A language without a stemmer is folded alone."""
    word = _POSSESSIVE.sub("", word.casefold())
    if _SECTION_SIGN.fullmatch(word):
        word = _SECTION.get(language or "", "section")
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", word)))[
        :MAX_TOKEN_LENGTH
    ]
    if code := _CODE.fullmatch(plain):
        return code[1]
    if language not in STEMMERS:
        return plain
    if language == "es":
        plain = _SPANISH_PLURAL.sub("", plain)
    # A new one each time, without a memory: it keeps its word in itself.
    found = Stemmer.Stemmer(STEMMERS[language], 0).stemWord(plain)
    # Voz and voces, juez and jueces.
    return f"{found[:-1]}c" if language == "es" and found[-1:] == "z" else found


# For what is published only: a reader's words are kept nowhere, not even in memory.
_known_stem = lru_cache(maxsize=2**17)(stem)


def site_languages() -> list[str]:
    """The codes of the languages that articles are written in, the first one first."""
    return [code for code, _ in settings.LANGUAGES]


def stems(words: list[str], language: str | None) -> list[str]:
    """The stems of a published text's words, in order."""
    return list(filter(None, map(_known_stem, words, repeat(language))))


def spans(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """(start, end, stem) of each word of a published text, in order."""
    return [
        (match.start(), match.end(), _known_stem(match[0], language))
        for match in WORD.finditer(text)
    ]
