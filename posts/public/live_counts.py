"""How many articles are live, from stored counts: for pagination and lists by year.

An ArticleCount is of editions without an end, which no clock changes. What is live at
a moment differs from that only by the editions that are still to come and by those
whose end is set and not reached: a few, found through their indexes when a page asks.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from posts.models import ArticleCount, Edition, Topic
from posts.models.article_count import Place, places

# Months with how many articles each has: (first day, number), the newest first.
Months = list[tuple[date, int]]


class LiveCounts:
    """How many articles are live now, in all and under one topic, by month. Costs one
    query."""

    def __init__(self, topic: Topic | None = None) -> None:
        self.topic = topic.pk if topic else None
        self.numbers: Counter[Place] = Counter()
        wanted = Q(topic=None) | Q(topic=self.topic)
        counts = ArticleCount.objects.filter(wanted).annotate(edition=Value(0))
        columns = ("edition", "topic", "language", "month", "count")
        rows: QuerySet[ArticleCount, Any] = counts.values_list(*columns).union(
            _differing(timezone.now()), all=True
        )
        differing: dict[int, list[tuple[int, int | None, str, date]]] = {1: [], -1: []}
        row: tuple[int, int | None, str, date, int]
        for row in rows:
            edition, under, language, day, number = row
            if edition:
                differing[number].append((edition, under, language, day))
            else:
                self.numbers[under, language, day] += number
        for number, found in differing.items():
            for place in places(found):
                self.numbers[place] += number

    def months(self, language: str, topic: int | None = None) -> Months:
        found = [
            (month, number)
            for (under, code, month), number in self.numbers.items()
            if (under, code) == (topic, language) and number > 0
        ]
        return sorted(found, reverse=True)


def _differing(now: datetime) -> QuerySet[Edition, Any]:
    """(edition, topic, language, day, -1 or 1) of what is open but not live yet, and
    what is live but has an end."""
    coming = Q(live_until=None, live_from__gt=now)
    ending = Q(live_from__lte=now, live_until__gt=now)
    sign = Case(When(live_until=None, then=-1), default=1, output_field=IntegerField())
    rows = (
        Edition.objects.filter(coming | ending, kind=None)
        .order_by()
        .annotate(sign=sign)
    )
    return rows.values_list("pk", "topics", "language", "published_on", "sign")


def end_of(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=28) + timedelta(4)).replace(day=1)
