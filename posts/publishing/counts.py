"""Counting articles without counting them: for pagination, and lists by year.

An ArticleCount is of editions without an end, which no clock changes. What is live at
a moment differs from that only by the editions that are still to come and by those
whose end is set and not reached: a few, found through their indexes when a page asks.
"""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from posts.models import ArticleCount, Edition, EditionTopic


@contextmanager
def updated(post):
    """Wraps whatever begins or ends editions of a post; belongs in its transaction."""
    before = _without_end(post)
    yield
    after = _without_end(post)
    after.subtract(before)
    # In one order, so that two publications cannot wait for each other.
    for place in sorted(after, key=lambda place: (place[0] or 0, *place[1:])):
        if after[place]:
            _add(*place, after[place])


def _without_end(post):
    """Counter of (topic id or None, language, month): the places that count it."""
    found = Counter()
    open_ended = Edition.objects.filter(post=post, live_until=None)
    rows = open_ended.values_list("pk", "topics", "language", "published_on")
    for place in _places(rows):
        found[place] += 1
    return found


def _places(rows):
    """(topic or None, language, month) of each (edition, topic or None, language,
    day), and once for each edition those in all."""
    rows = set(rows)
    in_all = {(pk, None, language, day) for pk, _, language, day in rows}
    return [(topic, code, day.replace(day=1)) for _, topic, code, day in rows | in_all]


def _add(topic, language, month, number):
    place = {"topic_id": topic, "language": language, "month": month}
    ArticleCount.objects.bulk_create([ArticleCount(**place)], ignore_conflicts=True)
    ArticleCount.objects.filter(**place).update(count=F("count") + number)


@transaction.atomic
def recount(topic=None):
    """Count everything anew, or what is under one topic: after a bulk insert, loaddata
    or a merge. Takes seconds for a million editions."""
    rows = EditionTopic.objects.filter(edition__live_until=None)
    counts = ArticleCount.objects.all()
    if topic:
        rows, counts = rows.filter(topic=topic), counts.filter(topic=topic)
    counts.delete()
    _insert(rows, "topic_id")
    if not topic:
        _insert(Edition.objects.filter(live_until=None))


def _insert(rows, *more):
    grouped = rows.order_by().annotate(month=TruncMonth("published_on"))
    grouped = grouped.values("language", "month", *more).annotate(count=Count("pk"))
    ArticleCount.objects.bulk_create(
        (ArticleCount(**row) for row in grouped), batch_size=1000
    )


class Live:
    """How many articles are live now, in all and under one topic, by month.

    One query; `months(language)`: [(first day, number)], the newest first.
    """

    def __init__(self, topic=None):
        self.topic, self.numbers = topic and topic.pk, Counter()
        wanted = Q(topic=None) | Q(topic=self.topic)
        counts = ArticleCount.objects.filter(wanted).annotate(edition=Value(0))
        counts = counts.values_list("edition", "topic", "language", "month", "count")
        rows = counts.union(_differing(timezone.now()), all=True)
        differing = {1: [], -1: []}
        for edition, topic, language, day, number in rows:
            if edition:
                differing[number].append((edition, topic, language, day))
            else:
                self.numbers[topic, language, day] += number
        for number, found in differing.items():
            for place in _places(found):
                self.numbers[place] += number

    def months(self, language, topic=None):
        found = [
            (month, number)
            for (under, code, month), number in self.numbers.items()
            if (under, code) == (topic, language) and number > 0
        ]
        return sorted(found, reverse=True)


def _differing(now):
    """(edition, topic, language, day, -1 or 1) of what is open but not live yet, and
    what is live but has an end."""
    coming = Q(live_until=None, live_from__gt=now)
    ending = Q(live_from__lte=now, live_until__gt=now)
    sign = Case(When(live_until=None, then=-1), default=1, output_field=IntegerField())
    rows = Edition.objects.filter(coming | ending).order_by().annotate(sign=sign)
    return rows.values_list("pk", "topics", "language", "published_on", "sign")


def end_of(month):
    """The first day of the next month."""
    return (month.replace(day=28) + timedelta(4)).replace(day=1)
