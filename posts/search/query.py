"""What a reader typed, as a query: words, "phrases in quotes" and -exclusions. Pure."""

import re
from dataclasses import dataclass

from .words import STEMMERS, WORD, stem

LONGEST = 200
MOST_PARTS = 16
# By so many of them what is found is ordered: for each, SQLite counts all that have it.
RANKED = 6
# So common that asking for them says nothing; inside quotes they count.
STOP = set(
    """
    a about an and are as at be by can do does for from get have how i if in is it me
    my of on or that the this to was what when where which who why will with you your
    al como con cuando de del donde el en es esta la las lo los mi mis para por que se
    si sin su sus un una y
    """.split()
)
_PART = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True)
class Query:
    """Each part is a set of phrases, of which one must be there (wanted: of every
    part) or none (unwanted); a phrase is a tuple of stems, a single word too."""

    wanted: tuple
    unwanted: tuple

    def stems(self):
        return {s for part in self.wanted for phrase in part for s in phrase}


def parse(text, language=None):
    """The Query of the first LONGEST characters. A reader's language is not known: a
    word may be meant in any, unless one is given. Nothing typed raises."""
    languages = [language] if language else list(STEMMERS)
    wanted, common, unwanted = [], [], []
    parts = _PART.findall(text[:LONGEST].translate(_QUOTES))[:MOST_PARTS]
    for minus, quoted, loose in parts:
        words = WORD.findall(quoted or loose)
        part = phrases(words, languages)
        if part and minus:
            unwanted.append(part)
        elif part:
            is_common = not quoted and all(w.casefold() in STOP for w in words)
            (common if is_common else wanted).append(part)
    return Query(tuple(wanted or common), tuple(unwanted))


def phrases(words, languages):
    """The words as one phrase in each of the languages, without repeats."""
    found = (tuple(filter(None, (stem(w, lang) for w in words))) for lang in languages)
    return tuple(phrase for phrase in dict.fromkeys(found) if phrase)
