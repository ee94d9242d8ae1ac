"""Narrowing down by topic, year and language."""

import re
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from posts.models import Edition, EditionTopic, Topic

# Beyond this, looking up a list is dearer than meeting what matches one by one.
FEW = 20_000
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Filters:
    topic: Topic | None
    year: int | None
    language: str | None
    # Whether something was asked for that there is not, and left out.
    left_out: bool

    def apply(self, editions):
        if self.topic:
            # Not a join, which would be sorted whole before the newest are taken.
            filed = EditionTopic.objects.filter(topic=self.topic)
            editions = editions.filter(pk__in=filed.values("edition"))
        return self.narrowed(editions)

    def ids(self):
        """The ids of all editions filed so, live or not, read from one index. None if
        there are more than FEW: then such an edition is soon met anyway."""
        if not self:
            return None
        ids = self.narrowed(Edition.objects).order_by().values("pk")
        if self.topic:
            # A row has its edition's date and language.
            filed = self.narrowed(EditionTopic.objects.filter(topic=self.topic))
            ids = filed.values("edition")
        return ids if ids[: FEW + 1].count() <= FEW else None

    def narrowed(self, rows):
        if self.year:
            rows = rows.filter(published_on__year=self.year)
        return rows.filter(language=self.language) if self.language else rows.all()

    @property
    def language_name(self):
        return LANGUAGES.get(self.language)

    def __bool__(self):
        return bool(self.topic or self.year or self.language)


def read(topic, year, language):
    """Filters from whatever an address says (str, int or None)."""
    slug = re.fullmatch("[a-z0-9_-]+", str(topic), re.IGNORECASE)
    found = slug and Topic.objects.filter(slug=slug[0]).first()
    # A topic of drafts alone is unknown. (in_use() would look at every article.)
    if found and not Edition.objects.live().filter(topics=found).exists():
        found = None
    digits = re.fullmatch("[12][0-9]{3}", str(year))
    known = language if language in LANGUAGES else None
    asked = bool(topic), bool(year), bool(language)
    given = bool(found), bool(digits), bool(known)
    return Filters(found, digits and int(digits[0]), known, asked != given)


def counts(rows):
    """Of (id, date, language) rows: the topics (with .number), years and languages
    to narrow down by, with how many of the rows each leaves."""
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
