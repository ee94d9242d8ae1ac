"""Which live articles are due for review, and recording a review."""

import re
from collections import Counter
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from posts.law import affected
from posts.models import REVIEW_INTERVAL, Edition, LawNotice, Post, Review

# How many of the newest live articles are searched for links.
MAX_EDITIONS_READ = 5000
MAX_COUNT = 1000


def overdue(number: int) -> list[Edition]:
    """Live editions that are overdue for review, at most so many, the longest unchecked
    first."""
    lists = Edition.objects.live().overdue()
    found = [edition for rows in lists for edition in rows.defer("body")[:number]]
    return sorted(found, key=lambda e: (e.checked_on, e.pk))[:number]


def count_overdue(day: date | None = None) -> int:
    """How many live articles are overdue, or will be by the end of a day; those beyond
    MAX_COUNT are not counted."""
    lists = Edition.objects.live().overdue(day)
    return sum(rows[: MAX_COUNT + 1].count() for rows in lists)


def law_changed(number: int) -> list[tuple[LawNotice, list[Edition]]]:
    """(what changed, live editions that nobody looked at since, at most so many) for
    each notice that readers are told, the latest change first."""
    told = [
        (notice, affected.left_to_review(notice, number))
        for notice in affected.notices_in_force()
    ]
    return [(notice, editions) for notice, editions in told if editions]


def most_pressing(number: int) -> list[Any]:
    """As overdue(), each with `links_to_it`, the number of live articles that link to
    it: of two that were checked on the same day, the one with more links comes
    first."""
    editions: list[Any] = [*overdue(number)]
    links = _links_to({edition.slug for edition in editions})
    for edition in editions:
        edition.links_to_it = links[edition.slug]
    return sorted(editions, key=_urgency)


def _urgency(edition: Any) -> tuple[date, int]:
    return edition.checked_on, -edition.links_to_it


def _links_to(slugs: set[str]) -> Counter[str]:
    """Counter: slug → how many of the newest live articles link to it in their text,
    itself not counted."""
    found: Counter[str] = Counter()
    anywhere = Q(pk=None)
    for slug in slugs:
        anywhere |= Q(body__contains=f"/posts/{slug}/")
    newest = Edition.objects.live().order_by("-pk").values("pk")[:MAX_EDITIONS_READ]
    linking = Edition.objects.filter(anywhere, pk__in=newest)
    for own, body in linking.values_list("slug", "body"):
        targets = set(re.findall(r'href="[^"]*/posts/([^/"]+)/', body))
        found.update((targets & slugs) - {own})
    return found


def record(post: Post, user: User) -> Review:
    now, today = timezone.now(), timezone.localdate()
    return Review.objects.create(
        post=post,
        reviewed_by=user,
        reviewed_at=now,
        reviewed_on=today,
        next_review=today + REVIEW_INTERVAL,
    )
