"""Parses what a reader typed: words, "phrases in quotes" and -exclusions. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from posts.authorities.citation import Group

from .phrases import Part, alternatives, distinct, phrases_of
from .query_authorities import authorities_in_query, phrases_of_item
from .stemming import WORD, site_languages
from .synonyms import Synonyms, Widened

MAX_QUERY_LENGTH = 200
MAX_PARTS = 16
MIN_TELLING_LENGTH = 3
# By so many of them what is found is ordered: for each, SQLite counts all that have it.
MAX_RANKED_WORDS = 6
# Words between the title, the summary and the text, so that no phrase spans two.
FIELD_GAP_WORDS = 10
# By so many words, the title first, it is told what an article is like.
BEGINNING_WORDS = 500
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
    part) or none (unwanted); a phrase is a tuple of stems, a single word too. typed:
    the wanted parts without what synonyms add; by these, what is found is ordered."""

    wanted: tuple[Part, ...]
    unwanted: tuple[Part, ...]
    typed: tuple[Part, ...] = ()
    # What synonyms added, in the order of the text.
    widened: tuple[Widened, ...] = ()

    def stems(self) -> set[str]:
        """What is marked in what is found: of the words that synonyms added, those that
        say something by themselves, not the "out" of "kicked out"."""
        typed = {s for part in self.typed for phrase in part for s in phrase}
        added = (phrase for part in self.wanted for phrase in part)
        return typed | {
            s
            for phrase in added
            for s in phrase
            if len(phrase) == 1 or len(s) > MIN_TELLING_LENGTH
        }


@dataclass
class _Asked:
    """A part on its way: common: it says nothing by itself."""

    part: Part
    is_common: bool = False
    others: Part = ()


def parse(
    text: str,
    language: str | None = None,
    synonyms: Synonyms | None = None,
    reader: str | None = None,
) -> Query:
    """The Query of the first MAX_QUERY_LENGTH characters. A word may be meant in any
    language, unless one is given. Nothing typed raises. Synonyms widen what stands
    outside quotes and is not left out, first by words of the language that the reader
    reads."""
    text = text[:MAX_QUERY_LENGTH].translate(_QUOTES)
    languages = [language] if language else site_languages()
    reader = reader or languages[0]
    parts = list(_PART.finditer(text))[:MAX_PARTS]
    asked: list[_Asked] = []
    unwanted: list[Part] = []
    widened: list[Widened] = []
    for is_loose, some in groupby(parts, lambda part: bool(part[3] and not part[1])):
        run = list(some)
        if is_loose:
            added = _widened(text, run, synonyms, reader)
            asked += _run(text, run, languages, added)
            widened += (one.moved(run[0].start()) for one in added)
        else:
            _quoted_or_unwanted(run, languages, asked, unwanted)
    return _query(asked, unwanted, widened)


def _query(asked: list[_Asked], unwanted: list[Part], widened: list[Widened]) -> Query:
    kept = [one for one in asked if not one.is_common] or asked
    wanted = tuple(distinct(one.part + one.others) for one in kept)
    return Query(wanted, tuple(unwanted), tuple(one.part for one in kept), (*widened,))


def _quoted_or_unwanted(
    parts: list[re.Match[str]],
    languages: list[str],
    asked: list[_Asked],
    unwanted: list[Part],
) -> None:
    """Adds each to what is asked for or to what is unwanted."""
    for part in parts:
        found = alternatives(part[2] or part[3] or "", languages, bool(part[2]))
        if found and part[1]:
            unwanted.append(found)
        elif found:
            asked.append(_Asked(found))


def _widened(
    text: str, parts: list[re.Match[str]], synonyms: Synonyms | None, reader: str
) -> list[Widened]:
    """What synonyms add to words that stand side by side, with places among them."""
    within = text[parts[0].start() : parts[-1].end()]
    found = synonyms.widened(within, reader) if synonyms else ()
    # What says nothing is not looked for, nor is what means the same.
    return [one for one in found if not is_common(one.typed)]


def _run(
    text: str,
    parts: list[re.Match[str]],
    languages: list[str],
    widened: list[Widened],
) -> Iterator[_Asked]:
    """Words side by side; an authority is one wanted part, however it was named."""
    start, end = parts[0].start(), parts[-1].end()
    text = text[start:end]
    places = [(part.start() - start, part.end() - start) for part in parts]
    cited, meant = authorities_in_query(text)
    for first, last in places:
        within = [group for group in cited if first < group.end and group.start < last]
        for group in within:
            if group.start >= first:  # it begins here, and is asked for once
                yield from _cited(text, group, languages)
        part = () if within else alternatives(text[first:last], languages)
        if not part:
            continue
        added = tuple((one,) for at, to, one in meant if first < to and at < last)
        says_nothing = not added and is_common(text[first:last])
        # Whoever names an authority asks for that.
        said = () if added else widened
        here = (one for one in said if first < one.end and one.start < last)
        others = phrases_of([word for one in here for word in one.others], languages)
        yield _Asked(distinct(part + added), says_nothing, tuple(others))


def is_common(text: str) -> bool:
    """Whether a text has nothing but words that say nothing by themselves."""
    return all(word.casefold() in STOP for word in WORD.findall(text))


def _cited(text: str, group: Group, languages: list[str]) -> Iterator[_Asked]:
    """A part for each item; of a range, any."""
    for _, some in groupby(group.items, lambda item: item[1:]):
        found = [phrases_of_item(text, item, languages) for item in some]
        yield _Asked(distinct(chain.from_iterable(found)))
