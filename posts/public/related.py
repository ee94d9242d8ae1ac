"""Related articles: those that share a topic, and words that few others have.

Asked when the page is rendered, at a bounded cost: of the MAX_CANDIDATES newest
articles that share a topic, the words are compared, as sets of stems. The outcome is
remembered by what these editions say, which never changes. What is filed under a topic
is asked once in a snapshot, for all articles under it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from math import fsum, log
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from django.db.models import Q

from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.page_language import path_to
from posts.models import Edition, EditionTopic, Kind, Topic
from posts.models.cover import focus
from posts.search import index
from posts.search.stemming import WORD, stems

MAX_CANDIDATES, ARTICLES_SHOWN = 40, 3
# A card is not something to read on.
_HAS_A_TEXT = Q(kind=None) | Q(kind=Kind.GUIDE)
MAX_TOPIC_ROWS = 4 * MAX_CANDIDATES  # an article counts once an edition


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


def filed_under(topic: int, language: str) -> list[Candidate]:
    """The newest live editions in a language under a topic (id), the newest first: one
    more than are compared, since an article may be among them itself."""
    filed = EditionTopic.objects.filter(topic=topic, language=language)
    filed = filed.order_by("-published_on", "-edition_id")[:MAX_TOPIC_ROWS]
    live = Edition.objects.live().newest_first().filter(_HAS_A_TEXT)
    live = live.filter(pk__in=filed.values("edition"))
    rows = live.values_list(*Candidate._fields)[: MAX_CANDIDATES + 1]
    return [Candidate(*row) for row in rows]


def sharing_a_topic(edition: Edition, topics: Iterable[Topic]) -> list[Candidate]:
    """The newest MAX_CANDIDATES in the edition's language that share one of the topics,
    the newest first."""
    found: dict[int, Candidate] = {}
    for topic in topics:
        asked = topic.pk, edition.language
        under = cached_fragment(("filed under", *asked), partial(filed_under, *asked))
        found |= {each.pk: each for each in under if each.post_id != edition.post_id}
    return sorted(found.values(), key=_place, reverse=True)[:MAX_CANDIDATES]


def _place(each: Candidate) -> tuple[date, int]:
    return each.published_on, each.pk


def related(edition: Edition, topics: Iterable[Topic]) -> list[Candidate]:
    """At most ARTICLES_SHOWN live editions, as Candidates, in the same language that
    share one of the topics, those nearest in their words first, of two alike the
    newest."""
    newest = sharing_a_topic(edition, topics)
    return [newest[place] for place in nearest(edition, newest)]


def cache_key(edition: Edition, others: Sequence[Candidate]) -> int:
    """What nearest() depends on; hashed, since a thousand are remembered."""
    return hash((edition.digest, *(other.digest for other in others)))


@cached(LRUCache(1000), key=cache_key, lock=Lock())
def nearest(edition: Edition, others: Sequence[Candidate]) -> list[int]:
    """The places, in `others`, of the ARTICLES_SHOWN that are nearest, the nearest
    first."""
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
    return sorted(range(len(near)), key=lambda place: -near[place])[:ARTICLES_SHOWN]


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
