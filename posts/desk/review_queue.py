"""The review queue: live articles that are due, and “Reviewed, still right”."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
from lawblog.records.ledger import lock
from posts.law import affected
from posts.models import Post
from posts.publishing import reviewing

ARTICLES_SHOWN = 50
ORDER = (
    "First comes the article whose law was checked longest ago; of two checked on "
    "the same day, the one that more of our other live articles link to"
    f" (among the newest {reviewing.MAX_EDITIONS_READ:,})."
)


@with_right("view")
def queue(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    return desk_page(
        request,
        desk,
        "admin/posts/post/needs_review.html",
        title="Needs review",
        changed=reviewing.law_changed(ARTICLES_SHOWN),
        editions=reviewing.most_pressing(ARTICLES_SHOWN),
        total=reviewing.count_overdue(),
        counted=reviewing.MAX_COUNT,
        order=ORDER,
        may_publish=desk.has_publish_permission(request),
    )


@require_POST
@with_row("publish")
def reviewed(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """One press: who, when, and the next review a year on. The words stay as they are,
    and so does the date of the last change."""
    with transaction.atomic():
        # Nothing is published or told to readers between the look and the review.
        lock()
        if overtaken := _what_changed(request, post):
            said = f"{overtaken} after you opened this page. Nothing was recorded."
            messages.error(request, f"{said} Read it again.")
        else:
            review = reviewing.record(post, user_of(request))
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


def _what_changed(request: HttpRequest, post: Post) -> str:
    """The beginning of a sentence, if it is no longer what the form was made for."""
    live = post.editions.live().first()
    if not live or str(live.pk) != request.POST.get("edition"):
        return f"“{post}” changed on the site"
    known = row_number(request.POST.get("law_notice", "")) or 0
    return (
        f"The law under “{post}” changed"
        if affected.has_notice_after(live, known)
        else ""
    )
