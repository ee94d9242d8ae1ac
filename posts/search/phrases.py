"""Words of a question as phrases of stems, one in each language. Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from . import extra_tokens
from .stemming import STEMMERS, WORD, stem
from .synonyms import stems_of

# 214.2h, of 214.2(h).
_GLUED = re.compile(r"\d{2,4}\.\d{1,3}[A-Za-z]\w{0,8}")
_SECTION_WORDS = {stem("section", "en"), stem("sección", "es")}

Phrase = tuple[str, ...]
Part = tuple[Phrase, ...]


def alternatives(text: str, languages: list[str], is_quoted: bool = False) -> Part:
    """The words as one phrase in each of the languages, and what else is the same."""
    found = phrases(WORD.findall(text), languages)
    if is_quoted:
        return found
    if len(found) and set(chain.from_iterable(found)) <= _SECTION_WORDS | {
        "sec",
        "secc",
    }:
        return tuple((word,) for word in sorted(_SECTION_WORDS))
    word = text.strip(".,;:!?¡¿()")
    joined = {extra_tokens.without_hyphens(word, lang) for lang in languages} - {""}
    if _GLUED.fullmatch(word):
        joined.add(word.replace(".", "").lower())
    return distinct([*found, *((one,) for one in sorted(joined))])


def phrases_of(others: list[str], languages: Iterable[str]) -> Iterator[Phrase]:
    """Words that synonyms added, as each of the languages has them and as the list's
    own do."""
    every = dict.fromkeys([*STEMMERS, *languages])
    for word in others:
        yield from dict.fromkeys(stems_of(word, language) for language in every)


def phrases(words: list[str], languages: Iterable[str]) -> Part:
    """The words as one phrase in each of the languages, without repeats."""
    found = (tuple(filter(None, (stem(w, lang) for w in words))) for lang in languages)
    return distinct(phrase for phrase in found if phrase)


def distinct(found: Iterable[Phrase]) -> Part:
    return tuple(dict.fromkeys(found))
