"""What a search finds."""

from datetime import datetime, timezone

from posts.search import search

# The fixture `clock` stands at it.
NOW = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)


def titles(text, **filters):
    return [edition.title for edition in search(text, **filters).editions]
