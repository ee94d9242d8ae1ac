"""The reading grade of a text: how many years of school it asks for. Pure.

Syllables are counted where Pyphen would hyphenate: one library for both languages, no
data to fetch. The formulas are short enough to write down: Flesch-Kincaid (1975) for
English; for Spanish, Fernández Huerta's reading ease (1959), turned into a grade.
"""

import re
from functools import lru_cache

import pyphen

MIN_WORDS = 100  # a shorter text says nothing
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
# (reading ease above which a text asks for no more than this grade)
_SPANISH_GRADES = ((90, 5), (80, 6), (70, 7), (60, 9), (50, 12), (30, 14))


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    return len(_dictionary(language).positions(word.lower())) + 1


@lru_cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=1, right=1)


def grade(text: str, language: str) -> int | None:
    """The school grade as a whole number; None for fewer than MIN_WORDS words, and in a
    language without a formula. Sentences end at . ! ? or a line's end."""
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS or language not in ("en", "es"):
        return None
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    per_sentence = len(words) / sentences
    per_word = sum(syllables(word, language) for word in words) / len(words)
    if language == "es":
        ease = 206.84 - 60 * per_word - 1.02 * per_sentence
        return next((years for above, years in _SPANISH_GRADES if ease > above), 16)
    return round(0.39 * per_sentence + 11.8 * per_word - 15.59)
