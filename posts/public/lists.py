"""Lists of articles, as readers see them: each row without its text."""

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from lawblog.database.compiled_queries import compiled_query
from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.languages import current_language
from posts.models import Edition, EditionTopic, Topic

ROW = ("title", "slug", "summary", "language", "post", "published_on", "is_sample")
LANGUAGE, DAY, NOW = models.CharField(), models.DateField(), models.DateTimeField()
ID = models.IntegerField()
# Skipping more rows than this takes longer than asking where to begin.
SKIPPED = 50


def listed(now=None, language=None):
    """Live editions in a language (that of the page), newest first, as rows."""
    live = Edition.objects.live(now).in_language(language).newest_first()
    return annotate_topic_ids(live.only(*ROW).with_beginning())


@compiled_query(Edition, now=NOW, language=LANGUAGE, since=DAY, until=DAY, last=ID)
def _newest(now, language, since, until, last):
    """Those before a day, and of the day itself those up to an id."""
    rows = listed(now, language)
    before = Q(published_on__lt=until) | Q(pk__lte=last)
    return rows.filter(before, published_on__gte=since, published_on__lte=until)


@compiled_query(Edition, now=NOW, language=LANGUAGE, since=DAY, until=DAY)
def _places(now, language, since, until):
    """(day, id) of each, which an index alone can tell."""
    live = Edition.objects.live(now).in_language(language).newest_first()
    live = live.filter(published_on__gte=since, published_on__lt=until)
    return live.values_list("published_on", "pk")


@compiled_query(Edition, now=NOW, language=LANGUAGE, topic=ID, until=DAY)
def _newest_under(now, language, topic, until):
    filed = {"editiontopic__topic": topic, "editiontopic__language": language}
    rows = listed(now, language).filter(**filed, editiontopic__published_on__lt=until)
    # Ordered by the row of the topic, whose index both narrows down and orders.
    return rows.order_by("-editiontopic__published_on", "-editiontopic__edition_id")


def newest(window, *, since=date.min, until=date.max):
    """The live editions of these days, `until` not among them, from the newest: those
    that the slice names."""
    asked, last = {**now_and_language(), "since": since}, 0
    if window.start > SKIPPED:
        first = _places(slice(window.start, window.start + 1), until=until, **asked)
        if not first:
            return []
        (until, last), window = first[0], slice(0, window.stop - window.start)
    return attach_topics(_newest(window, until=until, last=last, **asked))


def newest_under(topic, window, *, until=date.max):
    return attach_topics(
        _newest_under(window, topic=topic.pk, until=until, **now_and_language())
    )


def now_and_language():
    return {"now": timezone.now(), "language": current_language()}


class Ids(models.Aggregate):
    """ "3,7": the ids of a group."""

    output_field = models.TextField()

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT")

    def as_postgresql(self, compiler, connection):
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template)


def annotate_topic_ids(editions):
    """With what attach_topics() needs."""
    edition_topics = EditionTopic.objects.filter(edition=OuterRef("pk")).values(
        "edition"
    )
    ids = edition_topics.annotate(ids=Ids("topic")).values("ids")
    return editions.annotate(topic_ids=Subquery(ids))


def attach_topics(editions):
    """The editions of annotate_topic_ids() as a list, each with its `topic_list`."""
    editions = list(editions)
    topics = cached_fragment("topics by id", topics_by_id)
    for edition in editions:
        ids = (edition.topic_ids or "").split(",")
        filed = sorted(topics[pk] for pk in ids if pk in topics)
        edition.topic_list = [topic for _, topic in filed]
    return editions


def topics_by_id():
    """{id as text: (its place among all, by name, and the Topic)}."""
    return {str(t.pk): (place, t) for place, t in enumerate(Topic.objects.all())}
