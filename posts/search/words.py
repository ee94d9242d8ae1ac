"""Words as the index knows them: folded, stemmed, the same on every database. Pure."""

import re
import unicodedata
from functools import lru_cache
from itertools import repeat

import snowballstemmer

STEMMERS = {"en": "english", "es": "spanish"}
# Longer ones are not words of any language, and PostgreSQL refuses them.
LONGEST = 60
# Chinese and Japanese put no spaces between words: each character stands alone.
_ALONE = "\u3040-\u30ff\u3400-\u9fff"
_LETTERS = rf"[^\W_{_ALONE}]+"
# Accents and vowel signs that are characters of their own.
_MARKS = "\u0300-\u036f\u064b-\u0655\u0670"
WORD = re.compile(
    # I-130, H-1B and EB-5 are one word, so that i130 finds them.
    r"[A-Za-z]{1,3}-\d{1,4}[A-Za-z]?\b"
    rf"|[{_ALONE}]|{_LETTERS}(?:['’{_MARKS}]+{_LETTERS})*[{_MARKS}]*"
)
_POSSESSIVE = re.compile("['’]s$")


def stem(word, language):
    """'Solicitudes' → 'solicitud'; only letters and digits, at most LONGEST, may be
    empty. A language without a stemmer is folded alone."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word.casefold()))
    plain = "".join(filter(str.isalnum, plain))[:LONGEST]
    if language in STEMMERS:
        # A new one each time: a stemmer keeps its word in itself, and threads share.
        return snowballstemmer.stemmer(STEMMERS[language]).stemWord(plain)
    return plain


# For what is published only: a reader's words are kept nowhere, not even in memory.
_known_stem = lru_cache(maxsize=2**17)(stem)


def stems(words, language):
    """The stems of a published text's words, in order."""
    return list(filter(None, map(_known_stem, words, repeat(language))))


def spans(text, language):
    """(start, end, stem) of each word of a published text, in order."""
    return [
        (match.start(), match.end(), _known_stem(match[0], language))
        for match in WORD.finditer(text)
    ]
