"""The lists of the desk's front page: who is waiting for whom, and what needs a
look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from lawblog.models import Verification
from posts.models import Edition, EditionDeadline, LawChange, LawNotice, Post
from posts.publishing.permissions import may_publish
from posts.publishing.reviewing import law_changed, overdue

from .article_search import recently_saved
from .calendar import coming
from .event import Event

ROWS_SHOWN = 10
WEEK = timedelta(days=7)
# How many overdue articles are listed; the rest are on a page of their own.
OVERDUE_SHOWN = 5


@dataclass(frozen=True)
class Few:
    """The first rows of a list; `more`: whether there are others."""

    rows: list[Any]
    more: bool

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if self.more else str(len(self.rows))


def few(rows: Iterable[Any], number: int = ROWS_SHOWN) -> Few:
    """rows: at least one more than number, where there are as many."""
    found = list(rows)
    return Few(found[:number], more=len(found) > number)


class Lists(TypedDict):
    waiting: Few
    returned: Few
    drafts: Few
    behind: Few
    overdue: Few
    scheduled: list[Event]
    changed: list[tuple[LawNotice, list[Edition]]]
    changes: QuerySet[LawChange]
    deadlines: QuerySet[EditionDeadline]
    record: Verification | None


def lists(user: User) -> Lists:
    """The front page's lists for this user, each at most ROWS_SHOWN rows."""
    posts = Post.objects.select_related("updated_by").order_by("-updated_at")
    behind = Edition.objects.live().behind().select_related("post")
    return {
        "waiting": few(_waiting(_own(posts, user))),
        "returned": few(_own(posts.exclude(returned_note=""), user)[: ROWS_SHOWN + 1]),
        "drafts": few(_drafts(posts, user)[: ROWS_SHOWN + 1]),
        "behind": few(behind[: ROWS_SHOWN + 1]),
        "overdue": few(overdue(OVERDUE_SHOWN + 1), OVERDUE_SHOWN),
        "scheduled": coming(ROWS_SHOWN),
        "changed": law_changed(5),
        "changes": LawChange.objects.filter(notices=None)[:5],
        "deadlines": near_deadlines()[:ROWS_SHOWN],
        "record": Verification.objects.first(),
    }


def near_deadlines() -> QuerySet[EditionDeadline]:
    """Deadlines of live articles that pass within a week, or passed within the last."""
    today = timezone.localdate()
    return EditionDeadline.objects.live(today - WEEK, today + WEEK)


def _waiting(posts: QuerySet[Post]) -> QuerySet[Any]:
    """The one that has waited longest first; `is_live`: whether it changes a live
    article."""
    live = Edition.objects.live().filter(post=OuterRef("pk"))
    waiting = posts.exclude(submitted_at=None).annotate(is_live=Exists(live))
    return waiting.order_by("submitted_at")[: ROWS_SHOWN + 1]


def _drafts(posts: QuerySet[Post], user: User) -> QuerySet[Post]:
    # Looked for among those: of many articles nearly all are published.
    drafts = posts.filter(pk__in=recently_saved()).filter(
        submitted_at=None, returned_note="", editions=None, is_sample=False
    )
    return _own(drafts, user)


def _own(posts: QuerySet[Post], user: User) -> QuerySet[Post]:
    """What this person saved last; for an attorney, what anybody did."""
    return posts if may_publish(user) else posts.filter(updated_by=user)
