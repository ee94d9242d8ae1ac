"""What a search finds."""

from posts.search import search


def titles(text, **filters):
    return [edition.title for edition in search(text, **filters).editions]
