"""How many articles there are, counted in the transaction that publishes: no page has
to count them (posts/public/live_counts.py)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncMonth

from posts.law import counts as law_counts
from posts.models import ArticleCount, Edition, EditionTopic, Post, Topic
from posts.models.article_count import Place, places
from posts.models.post_queries import FOREVER


@contextmanager
def updated(post: Post) -> Iterator[None]:
    """Wraps whatever begins or ends a post's editions, in the same transaction."""
    before = _without_end(post)
    with law_counts.updated(post):
        yield
    note_ends(Post.objects.filter(pk=post.pk))
    after = _without_end(post)
    after.subtract(before)
    # In one order, so that two publications cannot wait for each other.
    for place in sorted(after, key=lambda place: (place[0] or 0, *place[1:])):
        if after[place]:
            _add(*place, after[place])


def note_ends(posts: QuerySet[Post]) -> None:
    """Write `on_site_until` of these articles, from their editions."""
    kept = Edition.objects.not_cancelled().filter(post=OuterRef("pk"))
    last = Max(Coalesce("live_until", Value(FOREVER)))
    ends = kept.order_by().values("post").annotate(last=last).values("last")
    posts.update(on_site_until=Subquery(ends))


def _without_end(post: Post) -> Counter[Place]:
    """How often each place counts the post."""
    found: Counter[Place] = Counter()
    open_ended = Edition.objects.filter(post=post, live_until=None, kind=None)
    rows = open_ended.values_list("pk", "topics", "language", "published_on")
    for place in places(rows):
        found[place] += 1
    return found


def _add(topic: int | None, language: str, month: date, number: int) -> None:
    place: dict[str, Any] = {"topic_id": topic, "language": language, "month": month}
    ArticleCount.objects.bulk_create([ArticleCount(**place)], ignore_conflicts=True)
    ArticleCount.objects.filter(**place).update(count=F("count") + number)


@transaction.atomic
def recount(topic: Topic | None = None) -> None:
    """Count everything anew, or what is under one topic: after a bulk insert, loaddata
    or a merge. Takes seconds for a million editions."""
    rows = EditionTopic.objects.filter(edition__live_until=None, edition__kind=None)
    counts = ArticleCount.objects.all()
    if topic:
        rows, counts = rows.filter(topic=topic), counts.filter(topic=topic)
    counts.delete()
    _insert(rows, "topic_id")
    if not topic:
        _insert(Edition.objects.filter(live_until=None, kind=None))
        law_counts.recount()


def _insert(rows: QuerySet[Any], *more: str) -> None:
    grouped = rows.order_by().annotate(month=TruncMonth("published_on"))
    grouped = grouped.values("language", "month", *more).annotate(count=Count("pk"))
    ArticleCount.objects.bulk_create(
        (ArticleCount(**row) for row in grouped), batch_size=1000
    )
