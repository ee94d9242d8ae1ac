"""An article as its form holds it at this moment, nothing of which is saved."""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.text import slugify

from lawblog.html.cleaning import clean
from lawblog.html.richtext import printable
from lawblog.media.names import is_picture
from posts.models import Post, Topic

# Characters of a text with its tags: one of 40,000 words has half a million at most.
LONGEST = 1_000_000
TOO_LONG = (
    "This text is too long to be checked and shown while you write. It is kept all the "
    "same, and checked when you approve it."
)
# Of no row: what is not saved yet has no editions, notes or topics in the database.
NOBODY = 0
_TEXTS = {"title": 200, "summary": 1000}


class TooLong(Exception):
    """The text has more than LONGEST characters; the message says so in a sentence."""


@dataclass(frozen=True)
class Typed:
    post: Post
    topics: list[Topic]


def as_typed(
    desk: ModelAdmin, request: HttpRequest, saved: Post | None, data: QueryDict
) -> Typed:
    """The article that a form (`data`) is about to become; what is no value yet stays
    as it was saved. `saved`: None for a new article. Raises TooLong."""
    if len(data.get("body", "")) > LONGEST:
        raise TooLong(TOO_LONG)
    post = copy(saved) if saved else Post(pk=NOBODY)
    form = desk.get_form(request, saved, change=bool(saved))(instance=copy(post))
    topics = list(saved.topics.all()) if saved else []
    for name, field in form.fields.items():
        if name not in data and not isinstance(field.widget, forms.SelectMultiple):
            continue
        try:
            value = field.clean(field.widget.value_from_datadict(data, {}, name))
        except ValidationError:
            continue
        if name == "topics":
            topics = list(value)
        elif name in {each.name for each in Post._meta.concrete_fields}:
            setattr(post, name, value)
    for name, most in _TEXTS.items():
        setattr(post, name, printable(data.get(name, ""))[:most])
    post.body = clean(data.get("body", ""))
    post.slug = post.slug or slugify(post.title)[:100] or "article"
    if "without_cover" in data or not is_picture(post.cover or ""):
        post.cover = None
    return Typed(post, topics)
