"""What the admin's front page lists: who waits for whom, and what happens when."""

from calendar import SUNDAY, Calendar
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, beginning_of
from lawblog.models import Verification
from posts.models import Edition, Post

from .lookup import recently_saved
from .review_queue import overdue

SHOWN = 10


def lists(user):
    """The front page's lists for this user: querysets by name."""
    posts = Post.objects.order_by("-updated_at")
    # Not of all: with many articles nearly all are published, and none would do.
    drafts = posts.filter(pk__in=recently_saved()).filter(
        submitted_at=None, returned_note="", editions=None, is_sample=False
    )
    if not user.has_perm("posts.publish_post"):
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


def month_from(text):
    """The first day of a month named like "2026-12"; of this one for anything else."""
    try:
        day = datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        day = None
    if day is None or not FIRST_DAY < day < LAST_DAY.replace(day=1):
        return timezone.localdate().replace(day=1)
    return day


def month_calendar(first):
    """A month of going live and ending, in the site's time zone: its weeks of
    (day, events), Sunday first, and the months around it."""
    last = _next_month(first)
    events = {}
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


def _events(begin, end):
    kept = Edition.objects.not_cancelled().exclude(post__is_sample=True)
    same_post = Edition.objects.not_cancelled().filter(post=OuterRef("post"))
    before = same_post.filter(live_until=OuterRef("live_from"))
    after = same_post.filter(live_from=OuterRef("live_until"))
    inside = Q(live_from__gte=begin, live_from__lt=end)
    for edition in kept.filter(inside).annotate(replaces=Exists(before)):
        words = "update goes live" if edition.replaces else "goes live"
        yield Event(edition.live_from, words, edition)
    ending = kept.filter(live_until__gte=begin, live_until__lt=end)
    for edition in ending.exclude(Exists(after)):
        yield Event(edition.live_until, "is withdrawn", edition)


def _next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
