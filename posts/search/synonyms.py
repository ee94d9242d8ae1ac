"""Lay words and lawyers' words for one thing, in English and Spanish. Pure.

A query is widened by them, never the index: what the attorney changes counts at once.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .stemming import STEMMERS, WORD, stem

# So many other words for one that was typed.
MAX_SYNONYMS = 8
MAX_FOREIGN = 3  # of them in another language than the reader's
_EXACTLY = "="  # before a word that counts only in these capitals: =ICE


class Group(NamedTuple):
    """One thing. name: what lawyers call it, in English. is_lay: then who types the
    name itself asks for nothing else; otherwise each word leads to all. words:
    {language code: words and phrases}."""

    name: str
    is_lay: bool
    words: dict[str, list[str]]


class Widened(NamedTuple):
    """A place in what was typed, and what else is looked for there, the words of the
    asked language first; told: those of them that a reader of that language is told,
    without other forms of what was typed."""

    start: int
    end: int
    typed: str
    others: list[str]
    told: list[str]

    def moved(self, by: int) -> "Widened":
        return self._replace(start=self.start + by, end=self.end + by)


def default_groups() -> list[Group]:
    """What a new site starts from."""
    rows = (Path(__file__).parent / "synonyms.tsv").read_text(encoding="utf-8")
    return [_group(*row.split("\t")) for row in rows.splitlines()[1:]]


def _group(name: str, kind: str, english: str, spanish: str) -> Group:
    words = {"en": english.split(", "), "es": spanish.split(", ")}
    return Group(name, kind == "lay", words)


class Synonyms:
    """Groups, made ready to be looked up. Building it costs some 10 ms."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = list(groups)
        # {first stem: [(all its stems, the word as it stands, its group)]}
        self._known: dict[str, list[tuple[tuple[str, ...], str, Group]]] = {}
        for group in self._groups:
            for language, words in group.words.items():
                for word in words:
                    stems = stems_of(word, language)
                    if stems:
                        entry = stems, word, group
                        self._known.setdefault(stems[0], []).append(entry)

    def widened(self, text: str, language: str = "en") -> Iterator[Widened]:
        """What else to look for, the longest phrase first; places never overlap."""
        words = list(WORD.finditer(text))
        first = 0
        while first < len(words):
            found = max(self._at(words[first:], text), default=None, key=lambda f: f[0])
            if not found:
                first += 1
                continue
            length, groups = found
            start, end = words[first].start(), words[first + length - 1].end()
            typed = text[start:end]
            if others := _others(typed, groups, language):
                told = _told(typed, others, groups, language)
                yield Widened(start, end, typed, others, told)
            first += length

    def _at(self, words: list, text: str) -> Iterator[tuple[int, list[Group]]]:
        """(number of words, the groups that have them) of phrases that begin here."""
        found: dict[int, list[Group]] = {}
        for language in STEMMERS:
            for stems, word, group in self._known.get(stem(words[0][0], language), ()):
                some = words[: len(stems)]
                typed = tuple(stem(each[0], language) for each in some)
                whole = text[some[0].start() : some[-1].end()]
                if typed == stems and (word[0] != _EXACTLY or whole == word[1:]):
                    groups = found.setdefault(len(stems), [])
                    groups += [group] if group not in groups else []
        yield from found.items()


@lru_cache(maxsize=2048)
def stems_of(word: str, language: str) -> tuple[str, ...]:
    """The stems of one of the list's words."""
    return tuple(filter(None, (stem(each, language) for each in WORD.findall(word))))


def _others(typed: str, groups: list[Group], language: str) -> list[str]:
    """The other words of the groups, at most MAX_SYNONYMS, each once whatever its
    ending; those of the asked language first, and always some of another, lawyers' own
    first."""
    is_typed = {code: _typed_stems(typed, code) for code in STEMMERS}
    seen: set[str | tuple[str, ...]] = set()
    found: dict[bool, list[str]] = {True: [], False: []}
    asked = [g for g in groups if not g.is_lay or typed.casefold() != g.name.casefold()]
    codes = [(code, group) for group in asked for code in group.words]
    for code, group in sorted(codes, key=lambda one: one[0] != language):
        for word in sorted(group.words[code], key=lambda word: word != group.name):
            stems = stems_of(word, code)
            if stems != is_typed.get(code) and not seen & {stems, word.casefold()}:
                found[code == language].append(word)
                seen |= {stems_of(word, each) for each in STEMMERS}
            seen.add(word.casefold())
    first = found[True][: MAX_SYNONYMS - min(len(found[False]), MAX_FOREIGN)]
    return [
        word.removeprefix(_EXACTLY) for word in [*first, *found[False]][:MAX_SYNONYMS]
    ]


def _told(
    typed: str, others: list[str], groups: list[Group], language: str
) -> list[str]:
    # For a language that the list does not have, its first.
    ours = {
        word.removeprefix(_EXACTLY)
        for group in groups
        for word in group.words.get(language) or next(iter(group.words.values()), [])
    }
    known = {_typed_stems(typed, code) for code in STEMMERS}
    return [
        word
        for word in others
        if word in ours and not known & {stems_of(word, code) for code in STEMMERS}
    ]


def _typed_stems(typed: str, language: str) -> tuple[str, ...]:
    """As stems_of(), of a reader's words, which are kept nowhere."""
    return tuple(filter(None, (stem(each, language) for each in WORD.findall(typed))))
