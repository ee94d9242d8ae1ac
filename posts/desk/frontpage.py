"""What the admin's front page lists: who waits for whom, and what happens when."""

from calendar import SUNDAY, Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, beginning_of
from lawblog.models import Verification
from posts.models import Edition, Post
from posts.publishing.who_may import may_publish

from .lookup import recently_saved
from .review_queue import overdue

SHOWN = 10


class Lists(TypedDict):
    waiting: QuerySet[Post]
    returned: QuerySet[Post]
    drafts: QuerySet[Post]
    behind: QuerySet[Edition]
    overdue: list[Edition]
    record: Verification | None


def lists(user: User) -> Lists:
    """The front page's lists for this user, each at most SHOWN rows."""
    posts = Post.objects.order_by("-updated_at")
    # Looked for among those: of many articles nearly all are published.
    drafts = posts.filter(pk__in=recently_saved()).filter(
        submitted_at=None, returned_note="", editions=None, is_sample=False
    )
    if not may_publish(user):
        drafts = drafts.filter(updated_by=user)
    waiting = posts.exclude(submitted_at=None).order_by("submitted_at")
    return {
        "waiting": waiting.select_related("updated_by")[:SHOWN],
        "returned": posts.exclude(returned_note="")[:SHOWN],
        "drafts": drafts[:SHOWN],
        "behind": Edition.objects.live().behind().select_related("post")[:SHOWN],
        "overdue": overdue(5),
        "record": Verification.objects.first(),
    }


@dataclass(frozen=True)
class Event:
    at: datetime
    words: str
    edition: Edition


def month_from(text: str | None) -> date:
    """The first day of a month named like "2026-12"; of this one for anything else."""
    try:
        day: date | None = datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        day = None
    if day is None or not FIRST_DAY < day < LAST_DAY.replace(day=1):
        return timezone.localdate().replace(day=1)
    return day


class Month(TypedDict):
    """`weeks`: rows of (day, whether it is in the month, its events), Sunday first."""

    first: date
    before: date
    after: date
    weeks: list[list[tuple[date, bool, list[Event]]]]
    is_empty: bool
    today: date


def month_calendar(first: date) -> Month:
    """What goes live and what ends in a month, in the site's time zone."""
    last = _next_month(first)
    events: dict[date, list[Event]] = {}
    for event in _events(beginning_of(first), beginning_of(last)):
        day = timezone.localdate(event.at)
        events.setdefault(day, []).append(event)
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return {
        "first": first,
        "before": (first.replace(day=1) - date.resolution).replace(day=1),
        "after": last,
        "weeks": [
            [(day, day.month == first.month, events.get(day, [])) for day in week]
            for week in weeks
        ],
        "is_empty": not events,
        "today": timezone.localdate(),
    }


def _events(begin: datetime, end: datetime) -> Iterator[Event]:
    kept = Edition.objects.not_cancelled().exclude(post__is_sample=True)
    same_post = Edition.objects.not_cancelled().filter(post=OuterRef("post"))
    before = same_post.filter(live_until=OuterRef("live_from"))
    after = same_post.filter(live_from=OuterRef("live_until"))
    inside = Q(live_from__gte=begin, live_from__lt=end)
    # Any, since `replaces` is no field.
    updates: QuerySet[Any] = kept.filter(inside).annotate(replaces=Exists(before))
    for edition in updates:
        words = "update goes live" if edition.replaces else "goes live"
        yield Event(edition.live_from, words, edition)
    ending = kept.filter(live_until__gte=begin, live_until__lt=end)
    for edition in ending.exclude(Exists(after)):
        if edition.live_until:
            yield Event(edition.live_until, "is withdrawn", edition)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
