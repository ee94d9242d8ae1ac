"""Search filters: topic, year and language."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

from django.conf import settings
from django.db.models import Count, QuerySet

from posts.models import Edition, EditionTopic, Topic

from .index import Match

# With more than this, looking up a list costs more than meeting matches one by one.
MAX_IDS = 20_000
LANGUAGES = dict(settings.LANGUAGES)
Asked = str | int | None
Row = TypeVar("Row", Edition, EditionTopic)


@dataclass(frozen=True)
class Filters:
    topic: Topic | None
    year: int | None
    language: str | None
    # Whether something was asked for that does not exist, and was left out.
    left_out: bool

    def apply(self, editions: QuerySet[Edition]) -> QuerySet[Edition]:
        if self.topic:
            # Not a join, which would be sorted whole before the newest are taken.
            filed = EditionTopic.objects.filter(topic=self.topic)
            editions = editions.filter(pk__in=filed.values("edition"))
        return self.narrowed(editions)

    def ids(self) -> QuerySet[Any, Any] | None:
        """The ids of all editions that pass, live or not, read from one index. None if
        there are more than MAX_IDS: then one is soon met anyway."""
        if not self:
            return None
        ids: QuerySet[Any, Any] = self.narrowed(Edition.objects.all()).order_by()
        ids = ids.values("pk")
        if self.topic:
            # A row has its edition's date and language.
            filed = self.narrowed(EditionTopic.objects.filter(topic=self.topic))
            ids = filed.values("edition")
        return ids if ids[: MAX_IDS + 1].count() <= MAX_IDS else None

    def narrowed(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        if self.year:
            rows = rows.filter(published_on__year=self.year)
        return rows.filter(language=self.language) if self.language else rows

    @property
    def language_name(self) -> str | None:
        return LANGUAGES[self.language] if self.language else None

    def __bool__(self) -> bool:
        return bool(self.topic or self.year or self.language)


def read(topic: Asked, year: Asked, language: Asked) -> Filters:
    """Filters from whatever an address says."""
    slug = re.fullmatch("[a-z0-9_-]+", str(topic), re.IGNORECASE)
    found = slug and Topic.objects.filter(slug=slug[0]).first()
    # A topic of drafts alone is unknown. (topics_in_use() would look at every article.)
    if found and not Edition.objects.live().filter(topics=found).exists():
        found = None
    digits = re.fullmatch("[12][0-9]{3}", str(year))
    known = str(language) if language in LANGUAGES else None
    asked = bool(topic), bool(year), bool(language)
    given = bool(found), bool(digits), bool(known)
    chosen = int(digits[0]) if digits else None
    return Filters(found or None, chosen, known, asked != given)


class Counts(TypedDict):
    """What to narrow down by, with how many articles each leaves: topics (with
    .number), (year, number), and (code, name, number) of languages."""

    topics: list[Topic]
    years: list[tuple[int, int]]
    languages: list[tuple[str, str, int]]


def counts(rows: Sequence[Match]) -> Counts:
    """The Counts of these articles."""
    ids = [row[0] for row in rows]
    topics = Topic.objects.filter(edition__in=ids).annotate(number=Count("pk"))
    topics = topics.order_by("-number", "name")
    years = Counter(day.year for _, day, _ in rows)
    languages = Counter(language for *_, language in rows).most_common()
    return {
        "topics": list(topics),
        "years": sorted(years.items(), reverse=True),
        "languages": [(code, LANGUAGES.get(code, code), n) for code, n in languages],
    }
