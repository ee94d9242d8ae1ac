"""Due dates: when live articles are due for review, and deadlines that they tell
readers of."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse

from posts.models import REVIEW_INTERVAL, Edition, EditionDeadline, Review
from posts.models.review import due_on, reviews_of_its_words

from .event import Event, of_article

# Of more on one day a line says how many they are.
EVENTS_SHOWN_A_DAY = 3


def due(first: date, last: date) -> Iterator[Event]:
    """From one day to another, both with it."""
    yield from _reviews(first, last)
    deadlines = EditionDeadline.objects.live(first, last).defer("edition__body")
    for row in deadlines.exclude(edition__is_sample=True):
        yield of_article(row.edition, row.day, "deadline in", "deadline")


def _reviews(first: date, last: date) -> Iterator[Event]:
    never, again = _never_reviewed(first, last), _reviewed(first, last)
    found = [
        (due_on(e.law_as_of, e.review_by, e.next_review), e)
        for rows in (never, again)
        for e in rows.exclude(is_sample=True).only(
            "post", "title", "language", "law_as_of", "review_by"
        )
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].title))
    for day, pairs in groupby(found, key=lambda pair: pair[0]):
        editions = [edition for _, edition in pairs]
        if len(editions) > EVENTS_SHOWN_A_DAY:
            page = reverse("admin:posts_post_needs_review")
            words = "due for review:"
            yield Event(day, None, words, "due", f"{len(editions)} articles", page)
        else:
            for edition in editions:
                yield of_article(edition, day, "due for review:", "due")


# Any, since what is annotated is not a field.
def _never_reviewed(first: date, last: date) -> QuerySet[Any]:
    checked = (first - REVIEW_INTERVAL, last - REVIEW_INTERVAL)
    is_due = Q(review_by__range=(first, last))
    is_due |= Q(review_by=None, law_as_of__range=checked)
    return Edition.objects.live().filter(is_due).exclude(Exists(reviews_of_its_words()))


def _reviewed(first: date, last: date) -> QuerySet[Any]:
    days = (first, last)
    posts = Review.objects.filter(next_review__range=days).values("post")
    # Another review may be the last one.
    rows = Edition.objects.live().filter(post__in=posts).with_reviews()
    return rows.filter(Q(next_review__range=days))
