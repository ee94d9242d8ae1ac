"""Legal words explained: where an article uses them first, and on a page of all."""

from django.shortcuts import render
from django.utils.translation import get_language

from .models import Term, add_articles
from .reading import read
from .search.words import stem


def read_with_terms(edition):
    """The Reading of an edition's text with the public words of its language."""
    reading = read(edition.body, Term.objects.public(edition.language))
    add_articles(reading.terms)
    return reading


def listed_terms():
    """The public words in the language that is spoken now."""
    return Term.objects.public(get_language())


def glossary(request):
    # Sorted here: databases differ in where accents and capitals go.
    terms = sorted(listed_terms(), key=lambda term: search_key(term.term))
    return render(request, "posts/glossary.html", {"terms": add_articles(terms)})


def search_key(word):
    """Accents and case count only between words that are otherwise alike."""
    return stem(word, None), word.casefold()
