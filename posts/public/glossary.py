"""Legal words explained: where an article uses them first, and on a page of all."""

from dataclasses import replace
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from django.shortcuts import render

from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.languages import current_language
from posts.models import Term, add_articles
from posts.reading import read
from posts.search.words import stem

# How much text each worker remembers as it is read.
CHARACTERS = 4_000_000


class Word(NamedTuple):
    """A Term as far as finding it in a text goes."""

    pk: int
    all_forms: tuple


def read_with_terms(edition):
    """The Reading of an edition's text with the public words of its language."""
    language = edition.language
    terms, words = cached_fragment(
        f"terms {language}", lambda: terms_and_words(language)
    )
    reading = _reading(edition, words, current_language())
    return replace(reading, terms=[terms[word.pk] for word in reading.terms])


def terms_and_words(language):
    terms = {term.pk: term for term in explained(language)}
    words = tuple(Word(term.pk, tuple(term.all_forms)) for term in terms.values())
    return terms, words


# Remembered by all that it depends on: an edition never changes.
@cached(
    LRUCache(CHARACTERS, getsizeof=lambda reading: len(reading.html)),
    key=lambda edition, *others: (edition.digest, *others),
    lock=Lock(),
)
def _reading(edition, words, page_language):
    return read(edition.body, words)


def explained(language):
    """The public words of a language, each with the article that says more."""
    return add_articles(list(Term.objects.public(language)))


def listed_terms():
    """The public words in the page's language."""
    return Term.objects.public(current_language())


def glossary(request):
    # Sorted here: databases differ in where accents and capitals go.
    terms = sorted(explained(current_language()), key=lambda t: search_key(t.term))
    return render(request, "posts/glossary.html", {"terms": terms})


def search_key(word):
    """Accents and case count only between words that are otherwise alike."""
    return stem(word, None), word.casefold()
