"""Related articles: those that share a topic, and words that few others have.

Asked when the page is rendered, at a bounded cost: of the CANDIDATES newest articles
that share a topic, the words are compared, as sets of stems. The outcome is
remembered by what these editions say, which never changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum, log
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache, cached
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lawblog.database.compiled_queries import compiled_query
from lawblog.dates import FIRST_DAY
from lawblog.site.page_language import path_to
from posts.models import Edition, EditionTopic, Kind, Topic
from posts.models.cover import focus
from posts.search import index
from posts.search.stemming import WORD, stems

from .lists import ID, LANGUAGE, NOW

CANDIDATES, SHOWN = 40, 3
# A card is no reading.
_HAS_A_TEXT = Q(kind=None) | Q(kind=Kind.GUIDE)
FILED = 4 * CANDIDATES  # an article counts once a topic and edition


class Candidate(NamedTuple):
    """An edition as far as choosing it and a link go: of forty, three are shown."""

    pk: int
    digest: str
    title: str
    slug: str
    language: str
    post_id: int
    published_on: date
    kind: str | None
    cover: str | None
    cover_x: int | None
    cover_y: int | None

    def get_absolute_url(self) -> str:
        return path_to(self.language, "posts:detail", self.slug)

    @property
    def cover_focus(self) -> tuple[int, int]:
        return focus(self.cover_x, self.cover_y)


def sharing(
    now: Any, language: Any, post: Any, topics: Any
) -> QuerySet[Edition, tuple[Any, ...]]:
    """The newest live editions in the language that share one of the topics (ids), as
    rows of a Candidate."""
    filed = EditionTopic.objects.filter(language=language)
    filed = filed.order_by("-published_on", "-edition_id")
    # Of the topic with the latest such day, enough is filed since; of a million
    # articles, all would be many.
    days = filed.filter(topic=OuterRef("pk")).values("published_on")[FILED : FILED + 1]
    dated = Topic.objects.filter(pk__in=topics).annotate(day=Subquery(days))
    since = dated.order_by(F("day").desc(nulls_last=True)).values("day")[:1]
    filed = filed.filter(
        topic__in=topics, published_on__gte=Coalesce(Subquery(since), FIRST_DAY)
    )
    filed = filed.exclude(edition__in=Edition.objects.filter(post=post))[:FILED]
    live = Edition.objects.live(now).newest_first().filter(_HAS_A_TEXT)
    live = live.filter(pk__in=filed.values("edition"))
    return live.values_list(*Candidate._fields)[:CANDIDATES]


@compiled_query(Edition, now=NOW, language=LANGUAGE, post=ID, pk=ID)
def sharing_with(
    now: Any, language: Any, post: Any, pk: Any
) -> QuerySet[Edition, tuple[Any, ...]]:
    topics = EditionTopic.objects.filter(edition=pk).values("topic")
    return sharing(now, language, post, topics)


def related(edition: Edition, topics: Iterable[Topic]) -> list[Candidate]:
    """At most SHOWN live editions, as Candidates, in the same language that share one
    of the topics, those nearest in their words first, of two alike the newest."""
    asked = {
        "now": timezone.now(),
        "language": edition.language,
        "post": edition.post_id,
    }
    rows: Iterable[tuple[Any, ...]]
    if edition.pk:
        rows = sharing_with(pk=edition.pk, **asked)
    else:  # the preview of a draft
        rows = sharing(topics=[topic.pk for topic in topics], **asked)
    newest = [Candidate(*row) for row in rows]
    return [newest[place] for place in nearest(edition, newest)]


def cache_key(edition: Edition, others: Sequence[Candidate]) -> int:
    """What nearest() depends on; hashed, since a thousand are remembered."""
    return hash((edition.digest, *(other.digest for other in others)))


@cached(LRUCache(1000), key=cache_key, lock=Lock())
def nearest(edition: Edition, others: Sequence[Candidate]) -> list[int]:
    """The places, in `others`, of the SHOWN that are nearest, the nearest first."""
    mine, theirs = words_of(edition), indexed_words_of(others)
    in_how_many = Counter(word for words in [mine, *theirs] for word in words)
    weights = {
        word: log((len(theirs) + 2) / number) for word, number in in_how_many.items()
    }

    def telling(words: set[str]) -> float:
        # fsum(), since a set's order, and with it a plain sum, differs between workers.
        return fsum(map(weights.__getitem__, words))

    # Divided by all their words, so that a long article is not near to everything.
    near = [telling(mine & words) / (telling(mine | words) or 1) for words in theirs]
    return sorted(range(len(near)), key=lambda place: -near[place])[:SHOWN]


def words_of(edition: Edition) -> set[str]:
    """The stems of an edition's title, its summary and the beginning of its text, after
    which articles repeat themselves; and its topics."""
    texts = [edition.title, edition.summary, edition.beginning]
    words = stems(WORD.findall(" ".join(texts)), edition.language)
    return {*words, *edition.topic_names}


def indexed_words_of(editions: Sequence[Candidate]) -> list[set[str]]:
    """As words_of(), from the search index, where they stand stemmed already."""
    ids = [edition.pk for edition in editions]
    words = index.words_of(ids)
    topics = dict(Edition.objects.filter(pk__in=ids).values_list("pk", "topic_names"))
    return [words.get(pk, set()) | set(topics[pk]) for pk in ids]
