"""Lists of articles, as readers see them: each row without its text."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from lawblog.database.compiled_queries import compiled_query
from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.page_language import current_language
from posts.models import Edition, EditionTopic, Topic
from posts.models.edition import EditionQuerySet

ROW = (
    *("title", "slug", "summary", "language", "post", "published_on", "is_sample"),
    *("kind", "author", "cover", "cover_x", "cover_y"),
)
# The kinds of slots in compiled queries, whose arguments are therefore typed as Any.
LANGUAGE = models.CharField()
DAY = models.DateField()
NOW = models.DateTimeField()
ID = models.IntegerField()
# Skipping more rows than this takes longer than asking where to begin.
MAX_ROWS_SKIPPED = 50


def listed(now: Any = None, language: Any = None) -> EditionQuerySet:
    """Live articles in a language (that of the page), newest first, as rows. Guides
    and cards have no date to be listed by (guides_and_cards.py)."""
    live = Edition.objects.live(now).in_language(language).filter(kind=None)
    live = live.newest_first()
    return annotate_topic_ids(live.only(*ROW).with_beginning())


@compiled_query(Edition, now=NOW, language=LANGUAGE, since=DAY, until=DAY, last=ID)
def _newest(
    now: Any, language: Any, since: Any, until: Any, last: Any
) -> EditionQuerySet:
    """Those before a day, and of the day itself those up to an id."""
    rows = listed(now, language)
    before = Q(published_on__lt=until) | Q(pk__lte=last)
    return rows.filter(before, published_on__gte=since, published_on__lte=until)


@compiled_query(Edition, now=NOW, language=LANGUAGE, since=DAY, until=DAY)
def _places(
    now: Any, language: Any, since: Any, until: Any
) -> QuerySet[Edition, tuple[date, int]]:
    """(day, id) of each, which an index alone can tell."""
    live = Edition.objects.live(now).in_language(language).newest_first()
    live = live.filter(kind=None, published_on__gte=since, published_on__lt=until)
    return live.values_list("published_on", "pk")


@compiled_query(Edition, now=NOW, language=LANGUAGE, topic=ID, until=DAY)
def _newest_under(now: Any, language: Any, topic: Any, until: Any) -> EditionQuerySet:
    filed = {"editiontopic__topic": topic, "editiontopic__language": language}
    rows = listed(now, language).filter(**filed, editiontopic__published_on__lt=until)
    # Ordered by the row of the topic, whose index both narrows down and orders.
    return rows.order_by("-editiontopic__published_on", "-editiontopic__edition_id")


def newest(
    window: slice, *, since: date = date.min, until: date = date.max
) -> list[Edition]:
    """A slice of the live editions from `since` to the day before `until`, the newest
    first."""
    asked, last = {**now_and_language(), "since": since}, 0
    if window.start > MAX_ROWS_SKIPPED:
        first = _places(slice(window.start, window.start + 1), until=until, **asked)
        if not first:
            return []
        (until, last), window = first[0], slice(0, window.stop - window.start)
    return attach_topics(_newest(window, until=until, last=last, **asked))


def newest_under(
    topic: Topic, window: slice, *, until: date = date.max
) -> list[Edition]:
    """As newest(), under one topic."""
    return attach_topics(
        _newest_under(window, topic=topic.pk, until=until, **now_and_language())
    )


class NowAndLanguage(TypedDict):
    now: datetime
    language: str


def now_and_language() -> NowAndLanguage:
    return {"now": timezone.now(), "language": current_language()}


class Ids(models.Aggregate):
    """ "3,7": the ids, or other values without a comma, of a group."""

    output_field = models.TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template)


def annotate_topic_ids(editions: EditionQuerySet) -> EditionQuerySet:
    """Adds what attach_topics() needs."""
    edition_topics = EditionTopic.objects.filter(edition=OuterRef("pk")).values(
        "edition"
    )
    ids = edition_topics.annotate(ids=Ids("topic")).values("ids")
    return editions.annotate(topic_ids=Subquery(ids))  # type: ignore[no-redef]


def attach_topics(rows: Iterable[Edition]) -> list[Edition]:
    """The editions of annotate_topic_ids() as a list, each with its `topic_list`."""
    editions = list(rows)
    if not editions:
        return []
    topics = cached_fragment("topics by id", topics_by_id)
    for edition in editions:
        ids = (edition.topic_ids or "").split(",")
        filed = sorted(topics[pk] for pk in ids if pk in topics)
        edition.topic_list = [topic for _, topic in filed]
    return editions


def topics_by_id() -> dict[str, tuple[int, Topic]]:
    """{id as text: (its place when all are sorted by name, the Topic)}."""
    return {str(t.pk): (place, t) for place, t in enumerate(Topic.objects.all())}
