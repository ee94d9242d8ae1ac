"""Legal words explained: where an article uses them first, and on a page of all."""

from django.shortcuts import render
from django.utils.translation import get_language

from lawblog.pages.parts import part

from .models import Term, add_articles
from .reading import read
from .search.words import stem


def read_with_terms(edition):
    """The Reading of an edition's text with the public words of its language."""
    language = edition.language
    return read(edition.body, part(f"terms {language}", lambda: explained(language)))


def explained(language):
    """The public words of a language, each with the article that says more."""
    return add_articles(list(Term.objects.public(language)))


def listed_terms():
    """The public words in the language that is spoken now."""
    return Term.objects.public(get_language())


def glossary(request):
    # Sorted here: databases differ in where accents and capitals go.
    terms = sorted(explained(get_language()), key=lambda t: search_key(t.term))
    return render(request, "posts/glossary.html", {"terms": terms})


def search_key(word):
    """Accents and case count only between words that are otherwise alike."""
    return stem(word, None), word.casefold()
