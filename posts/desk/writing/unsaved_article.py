"""The unsaved article that a form holds while somebody types."""

from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.text import slugify

from lawblog.html.characters import printable
from lawblog.html.cleaning import clean
from lawblog.media.names import is_picture
from posts.models import Post, Topic

# Characters of a text with its tags: one of 40,000 words has half a million at most.
MAX_BODY_LENGTH = 1_000_000
TOO_LONG = (
    "This text is too long to be checked and shown while you write. It is kept all the "
    "same, and checked when you approve it."
)
# The pk of no row: an unsaved article has no editions, notes or topics.
NO_ROW = 0
# How many characters are checked; the form refuses longer values.
MAX_LENGTHS = {"title": 200, "summary": 1000}


FIELDS = {field.name for field in Post._meta.fields} | {"topics"}


class TooLong(Exception):
    """The text has more than MAX_BODY_LENGTH characters; the message says so in a
    sentence."""


@dataclass(frozen=True)
class UnsavedArticle:
    post: Post
    topics: list[Topic]


def unsaved_article(
    desk: ModelAdmin, request: HttpRequest, saved: Post | None, data: QueryDict
) -> UnsavedArticle:
    """The article that a form (`data`) is about to become; what is not a value yet
    stays as it was saved. `saved`: None for a new article. Raises TooLong."""
    if len(data.get("body", "")) > MAX_BODY_LENGTH:
        raise TooLong(TOO_LONG)
    post = copy(saved) if saved else Post(pk=NO_ROW)
    topics = list(saved.topics.all()) if saved else []
    for name, value in _values(desk, request, saved, data):
        if name == "topics":
            topics = list(value)
        else:
            setattr(post, name, value)
    post.slug = post.slug or slugify(post.title)[:100] or "article"
    if "without_cover" in data or not is_picture(post.cover or ""):
        post.cover = None
    return UnsavedArticle(post, topics)


def _values(
    desk: ModelAdmin, request: HttpRequest, saved: Post | None, data: QueryDict
) -> Iterator[tuple[str, Any]]:
    """(field, value) of what the form takes; texts, whatever it takes."""
    form = desk.get_form(request, saved, change=bool(saved))(instance=copy(saved))
    for name in FIELDS & form.fields.keys():
        # A list of which nothing is chosen sends nothing.
        if name in data or name == "topics":
            field = form.fields[name]
            with suppress(ValidationError):
                sent = field.widget.value_from_datadict(data, {}, name)
                yield name, field.clean(sent)
    for name, most in MAX_LENGTHS.items():
        yield name, printable(data.get(name, ""))[:most]
    yield "body", clean(data.get("body", ""))
