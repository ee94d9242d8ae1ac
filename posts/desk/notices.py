"""The kinds of notices about articles: each mail is a sentence and a link."""

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lawblog.desk.pages import row_number
from lawblog.keeping import housekeeping
from lawblog.notices.kinds import Kind, Letter, holders, register_kind
from lawblog.notices.outbox import notify
from posts.models import Edition, EditionDeadline, LawChange, PassageNote, Post
from posts.publishing.permissions import may_publish
from posts.publishing.reviewing import count_overdue

WAITING, RETURNED, LIVE, PROPOSED = "waiting", "returned", "went live", "proposed"
NOTE = "note"
REVIEW, LAW_CHANGED, DEADLINE = "review due", "law changed", "deadline near"
MORNING = timedelta(hours=7)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MAX_DEADLINES = 1000


def _waiting(person: User, post: str) -> Letter | None:
    if not Post.objects.filter(pk=post).exclude(submitted_at=None).exists():
        return None
    return Letter(
        "An article waits for you",
        "An article waits for your approval.",
        reverse("admin:posts_post_publish", args=[post]),
    )


def tell_of_proposal(row: Model, by: User) -> None:
    """Staff saved what readers see once the attorney lets them, other than an article:
    a change of the law, a topic, an explained word. Once a day of each."""
    if not may_publish(by):
        notify(PROPOSED, about=f"{row._meta.label_lower} {row.pk}", once_in=DAY)


def _proposed(person: User, about: str) -> Letter | None:
    label, _, number = about.partition(" ")
    rows = apps.get_model(label)._base_manager.all()
    row: Any = rows.filter(pk=row_number(number) or 0).first()
    if row is None:
        return None
    is_law = isinstance(row, LawChange)
    if row.notices.exists() if is_law else row.is_public:
        return None
    page = "pages" if is_law else "change"
    return Letter(
        "Something waits for you",
        f"Readers see it once you let them ({row._meta.verbose_name}).",
        reverse(f"admin:posts_{row._meta.model_name}_{page}", args=[row.pk]),
    )


def _returned(person: User, post: str) -> Letter | None:
    if not Post.objects.filter(pk=post).exclude(returned_note="").exists():
        return None
    return Letter(
        "An article came back to you",
        "The attorney returned an article to you, with a note.",
        reverse("admin:posts_post_change", args=[post]),
    )


def _note(person: User, post: str) -> Letter | None:
    notes = PassageNote.objects.filter(post=row_number(post) or 0, resolved_at=None)
    if not notes.exists():
        return None
    return Letter(
        "A note for you",
        "Somebody wrote a note on an article that you work on.",
        reverse("admin:posts_post_notes", args=[post]),
    )


def _went_live(person: User, edition: str) -> Letter | None:
    found = Edition.objects.live().filter(pk=edition).first()
    if found is None:
        return None
    return Letter(
        "An article went live",
        "An article went live as scheduled. Readers see it here:",
        found.get_absolute_url(),
    )


def _review_due(person: User, week: str) -> Letter | None:
    count = count_overdue(sunday(timezone.localdate()))
    if not count:
        return None
    articles = "An article is" if count == 1 else f"{count:,} articles are"
    return Letter(
        "Due for review this week",
        f"{articles} due for review this week.",
        reverse("admin:posts_post_needs_review"),
    )


def _law_changed(person: User, change: str) -> Letter | None:
    told = LawChange.objects.filter(pk=change).first()
    if told is None or not told.notices.open().exists():
        return None
    return Letter(
        "The law changed",
        "The law behind articles of ours changed, and their readers are told. See "
        "which are left to be reviewed:",
        reverse("admin:posts_lawchange_pages", args=[change]),
    )


def _deadline_near(person: User, deadline: str) -> Letter | None:
    today = timezone.localdate()
    near = EditionDeadline.objects.live(today, today + WEEK)
    post, _, day_of_it = deadline.partition(" ")
    rows = near.filter(edition__post=row_number(post) or 0)
    found = next((row for row in rows if str(row.day) == day_of_it), None)
    if found is None:
        return None
    day = date_format(found.day, "F j, Y")
    return Letter(
        "A deadline in an article is near",
        f"A live article names a deadline that passes on {day}.",
        reverse("admin:posts_post_change", args=[found.edition.post_id]),
    )


def register_all() -> None:
    publish, view = holders("posts.publish_post"), holders("posts.view_post")
    register_kind(Kind(WAITING, "An article waits for my approval", _waiting, publish))
    label = "Staff have something else for me: a change in the law, a topic, a word"
    register_kind(Kind(PROPOSED, label, _proposed, publish))
    register_kind(Kind(RETURNED, "An article is returned to me", _returned, view))
    register_kind(
        Kind(NOTE, "Somebody writes a note on an article of mine", _note, view)
    )
    register_kind(Kind(LIVE, "An article went live as scheduled", _went_live, view))
    register_kind(
        Kind(REVIEW, "Articles are due for review this week", _review_due, publish)
    )
    register_kind(
        Kind(LAW_CHANGED, "The law behind an article changed", _law_changed, view)
    )
    label = "A deadline in an article passes within a week"
    register_kind(Kind(DEADLINE, label, _deadline_near, view))
    housekeeping.register_job(DEADLINE, tell_of_deadlines, every=timedelta(0))
    housekeeping.register_job(LIVE, tell_of_live, every=timedelta(0))
    housekeeping.register_job(REVIEW, tell_of_reviews, every=timedelta(0))


def tell_of_live() -> None:
    """Of what was scheduled and went live since the last run."""
    now = timezone.now()
    since = max(housekeeping.last_success(LIVE) or now, now - WEEK)
    scheduled = Edition.objects.not_cancelled().exclude(is_sample=True)
    began = scheduled.filter(live_from__gt=since, live_from__lte=now)
    for edition in began:
        if edition.approved_at < edition.live_from:
            notify(LIVE, about=edition, once_in=2 * WEEK)


def tell_of_deadlines() -> None:
    """A week before each, once, however often the article is published again."""
    today = timezone.localdate()
    for deadline in EditionDeadline.objects.live(today, today + WEEK)[:MAX_DEADLINES]:
        about = f"{deadline.edition.post_id} {deadline.day}"
        notify(DEADLINE, about=about, once_in=2 * WEEK)


def tell_of_reviews() -> None:
    """On Monday at seven, or at the first run after that."""
    last, now = housekeeping.last_success(REVIEW), timezone.now()
    if last and week_of(last) == week_of(now):
        return
    if count_overdue(sunday(timezone.localdate())):
        notify(REVIEW, about=week_of(now), once_in=WEEK)


def sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def week_of(moment: datetime) -> str:
    """The week as people at the office begin it, like "2026-48"."""
    year, week, _ = (timezone.localtime(moment) - MORNING).isocalendar()
    return f"{year}-{week:02}"
