"""Keeping live articles up to date: which are due, and “Reviewed, still right”."""

import re
from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from lawblog.desk.pages import (
    DeskAdmin,
    desk_page,
    row_number,
    with_right,
    with_row,
)
from lawblog.people.accounts import user_of
from posts.law import marks
from posts.models import REVIEWED_FOR, Edition, LawNotice, Post, Review

SHOWN, COUNTED = 50, 1000
# Live articles whose texts are looked through for links, the newest of all.
READ = 5000
ORDER = (
    "First comes the article whose law was checked longest ago; of two checked on "
    "the same day, the one that more of our other live articles link to"
    f" (among the newest {READ:,})."
)


def overdue(number: int) -> list[Edition]:
    """The live editions that are overdue, at most so many, the oldest law first."""
    lists = Edition.objects.live().overdue()
    found = [edition for rows in lists for edition in rows.defer("body")[:number]]
    return sorted(found, key=lambda e: (e.checked_on, e.pk))[:number]


def law_changed(number: int) -> list[tuple[LawNotice, list[Edition]]]:
    """(what changed, live editions that nobody looked at since, at most so many) for
    each notice that readers are told, the latest change first."""
    told = [(notice, marks.left(notice, number)) for notice in marks.in_force()]
    return [(notice, editions) for notice, editions in told if editions]


def due() -> list[Any]:
    """The SHOWN live editions that need review most, each with `links_to_it`, the
    number of other live articles that link to it, in the order that ORDER says."""
    editions: list[Any] = [*overdue(SHOWN)]
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
    newest = Edition.objects.live().order_by("-pk").values("pk")[:READ]
    linking = Edition.objects.filter(anywhere, pk__in=newest)
    for own, body in linking.values_list("slug", "body"):
        targets = set(re.findall(r'href="[^"]*/posts/([^/"]+)/', body))
        found.update((targets & slugs) - {own})
    return found


@with_right("view")
def queue(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    lists = Edition.objects.live().overdue()
    return desk_page(
        request,
        desk,
        "admin/posts/post/needs_review.html",
        title="Needs review",
        changed=law_changed(SHOWN),
        editions=due(),
        total=sum(rows[: COUNTED + 1].count() for rows in lists),
        counted=COUNTED,
        order=ORDER,
        may_publish=desk.has_publish_permission(request),
    )


@require_POST
@with_row("publish")
def reviewed(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """One press: who, when, and the next review a year on. The words stay as they are,
    and so does the date of the last change."""
    live = post.editions.live().first()
    if not live or str(live.pk) != request.POST.get("edition"):
        messages.error(
            request,
            f"“{post}” changed on the site after you opened this page. Nothing was "
            "recorded. Read it again.",
        )
    else:
        review = record(post, user_of(request))
        desk.log_change(request, post, "Reviewed, still right.")
        day = date_format(review.next_review, "F j, Y")
        messages.success(request, f"“{post}” is reviewed. Next review: {day}.")
    if "desk" in request.POST:
        return redirect("admin:index")
    if change := row_number(request.POST.get("law", "")):
        return redirect("admin:posts_lawchange_pages", change)
    if "queue" in request.POST:
        return redirect("admin:posts_post_needs_review")
    return redirect("admin:posts_post_change", post.pk)


def record(post: Post, user: User) -> Review:
    now, today = timezone.now(), timezone.localdate()
    return Review.objects.create(
        post=post,
        reviewed_by=user,
        reviewed_at=now,
        reviewed_on=today,
        next_review=today + REVIEWED_FOR,
    )
