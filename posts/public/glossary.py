"""Legal words explained: where an article uses them first, and on a page of all."""

from dataclasses import replace
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.page_language import current_language
from posts.models import Edition, Term, add_articles
from posts.reading import Reading, read
from posts.search.stemming import stem

# How much rendered text each worker remembers.
MAX_CACHED_LENGTH = 4_000_000


class Word(NamedTuple):
    """A Term as far as finding it in a text goes."""

    pk: int
    all_forms: tuple[str, ...]


def read_with_terms(edition: Edition) -> Reading:
    """The Reading of an edition's text with the public words of its language."""
    language = edition.language
    terms, words = cached_fragment(
        f"terms {language}", lambda: terms_and_words(language)
    )
    # What is not an edition yet is somebody's draft, which nothing keeps.
    find = _reading if edition.pk else _read
    reading = find(edition, words, current_language())
    used = [terms[word.pk] for word in reading.terms]
    return replace(reading, terms=used) if used else reading


def terms_and_words(language: str) -> tuple[dict[int, Term], tuple[Word, ...]]:
    """The public words of a language by their ids, and as far as finding them goes."""
    terms = {term.pk: term for term in explained(language)}
    words = tuple(Word(term.pk, tuple(term.all_forms)) for term in terms.values())
    return terms, words


# The key is all that it depends on: an edition never changes.
@cached(
    LRUCache(MAX_CACHED_LENGTH, getsizeof=lambda reading: len(reading.html)),
    key=lambda edition, *others: (edition.digest, *others),
    lock=Lock(),
)
def _reading(edition: Edition, words: tuple[Word, ...], page_language: str) -> Reading:
    return _read(edition, words, page_language)


def _read(edition: Edition, words: tuple[Word, ...], page_language: str) -> Reading:
    return read(edition.body, words)


def explained(language: str) -> list[Term]:
    """The public words of a language, each with the article that says more."""
    return add_articles(list(Term.objects.public(language)))


def listed_terms() -> QuerySet[Term]:
    """The public words in the page's language."""
    return Term.objects.public(current_language())


def glossary(request: HttpRequest) -> HttpResponse:
    # Sorted here: databases differ in where accents and capitals go.
    terms = sorted(explained(current_language()), key=lambda t: search_key(t.term))
    return render(request, "posts/glossary.html", {"terms": terms})


def search_key(word: str) -> tuple[str, str]:
    """To sort by: accents and case decide only between words alike in all else."""
    return stem(word, None), word.casefold()
