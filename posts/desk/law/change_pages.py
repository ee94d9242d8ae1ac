"""The pages of a change of the law: which articles it concerns, how they will look,
approval, what is left to review, and undo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lawblog.dates import moment
from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.pages import DeskAdmin, desk_page, require, row_number, with_row
from lawblog.notices.outbox import notify
from lawblog.people.accounts import name_of, user_of
from lawblog.site.page_language import use_language
from posts.authorities import label_of
from posts.law import affected, notices
from posts.models import Edition, LawChange, LawNotice
from posts.models.states import in_new_york
from posts.public.article import annotate_law_keys, article_context
from posts.public.lists import annotate_topic_ids, attach_topics

from ..notices import LAW_CHANGED

PAGES = "admin:posts_lawchange_pages"


@with_row("view", lock=True)
def pages(request: HttpRequest, change: LawChange, desk: DeskAdmin) -> HttpResponse:
    if "undo" in request.POST:
        return _undo(request, change, desk)
    notice = change.notices.open().first()
    if notice:
        return _told(request, change, notice, desk)
    if request.method != "POST":
        return _draft(request, change, desk, [])
    try:
        return _narrow_or_approve(request, change, desk)
    except ValidationError as refused:
        return _draft(request, change, desk, refused.messages)


def _draft(
    request: HttpRequest, change: LawChange, desk: DeskAdmin, errors: list[str]
) -> HttpResponse:
    return desk_page(
        request,
        desk,
        "admin/posts/lawchange/pages.html",
        title="Who is told, and how",
        row=change,
        draft=notices.draft_of(change),
        below=_below(change),
        errors=errors,
        # A form that comes back keeps the state that it was filled in for.
        row_token=request.POST.get("row_token", version_token(change)),
        reason=request.POST.get("reason", ""),
        may_publish=desk.has_publish_permission(request, change),
        may_change=desk.has_change_permission(request, change),
        was_told=change.notices.order_by("-pk").first(),
        from_then=change.day > timezone.localdate(),
    )


def _below(change: LawChange) -> list[tuple[str, str, bool]]:
    """(key, label, whether it is meant) of what live articles name within the law."""
    whole = LawChange(**{**change.words(), "unchanged": []})
    found = {
        key
        for page in affected.affected_editions(whole, notices.MAX_PAGES)
        for key in (page.law_keys or "").split(",")
    }
    labelled = [
        (key, label_of(key), key not in change.unchanged)
        for key in sorted(found | {*change.unchanged})
    ]
    return labelled if len(labelled) > 1 else []


def _narrow_or_approve(
    request: HttpRequest, change: LawChange, desk: DeskAdmin
) -> HttpResponse:
    approving = "approve" in request.POST
    require(desk, request, "publish" if approving else "change", change)
    if _narrowed(request, change):
        words = "Your choice is saved. Read the list once more"
        messages.info(request, f"{words}, then approve." if approving else f"{words}.")
        return redirect(PAGES, change.pk)
    if not approving:
        return redirect(PAGES, change.pk)
    notice = notices.approve(
        change,
        by=user_of(request),
        version_token=request.POST.get("version_token", ""),
        reason=request.POST.get("reason", ""),
    )
    notify(LAW_CHANGED, about=change)
    desk.log_change(request, change, "Approved.")
    coming = notice.live_from > timezone.now()
    when = f"from {in_new_york(notice.live_from)}" if coming else "from now on"
    messages.success(request, f"Approved: readers are told {when}.")
    return redirect(PAGES, change.pk)


def _narrowed(request: HttpRequest, change: LawChange) -> bool:
    """Save which pages and paragraphs are ticked, of those that the form showed;
    whether that is another choice than before. Raises ValidationError, with the choice
    made but not saved, where somebody else changed it meanwhile."""
    before = change.unchanged, change.spared
    shown = request.POST.getlist("shown_key"), request.POST.getlist("shown_page")
    ticked = {*request.POST.getlist("key")}, {*request.POST.getlist("page")}
    there = {key for key, *_ in _below(change)}
    known = {str(page.post_id) for page in notices.draft_of(change).pages}
    keys = {key for key in shown[0] if key in there}
    posts = {post for post in shown[1] if post in known}
    change.unchanged = sorted({*before[0]} - keys | (keys - ticked[0]))
    spared = {*map(str, before[1])} - posts | (posts - ticked[1])
    change.spared = sorted(map(int, spared))
    if (change.unchanged, change.spared) == before:
        return False
    if request.POST.get("row_token") != version_token(change):
        raise ValidationError(overtaken(change))
    change.updated_by = user_of(request)
    change.save()
    return True


def _told(
    request: HttpRequest, change: LawChange, notice: LawNotice, desk: DeskAdmin
) -> HttpResponse:
    """What is left to be reviewed, and the way back."""
    if request.method == "POST":
        messages.error(request, "Readers are told of this already. Undo it first.")
        return redirect(PAGES, change.pk)
    told = affected.left_to_review(notice, notices.MAX_PAGES)
    waiting = {page.pk for page in told}
    every = affected.affected_editions(notice, notices.MAX_PAGES)
    done = [p for p in every if p.pk not in waiting and p.post_id not in notice.spared]
    return desk_page(
        request,
        desk,
        "admin/posts/lawchange/notice.html",
        title="What is left",
        row=change,
        notice=notice,
        left=told,
        done=done,
        is_coming=notice.live_from > timezone.now(),
        may_publish=desk.has_publish_permission(request, change),
    )


def _undo(request: HttpRequest, change: LawChange, desk: DeskAdmin) -> HttpResponse:
    """Ends the notice that the page showed, and none that came after it."""
    require(desk, request, "publish", change)
    shown = change.notices.filter(pk=row_number(request.POST["undo"]) or 0).first()
    if shown and notices.undo(shown, by=user_of(request)):
        desk.log_change(request, change, "Undone.")
        messages.success(request, "Undone: readers are told of it no longer.")
    else:
        messages.error(request, _meanwhile(change))
    return redirect(PAGES, change.pk)


def _meanwhile(change: LawChange) -> str:
    """What became of the change after somebody opened its page."""
    newest = change.notices.order_by("-pk").select_related("ended_by").first()
    if not newest:
        return "Nothing was undone: readers are told nothing of this."
    if newest.live_until:
        who = name_of(newest.ended_by) if newest.ended_by else "Somebody"
        return f"{who} undid this before you. Readers are not told of it."
    return (
        f"{newest.approved_by_name} approved this anew ({moment(newest.approved_at)}) "
        "after you opened this page. Nothing was undone. Read it again first."
    )


@never_cache
@with_row("view")
def preview(
    request: HttpRequest, change: LawChange, desk: DeskAdmin, post: int
) -> HttpResponse:
    """A live page as its readers will see it with this change."""
    rows = annotate_topic_ids(Edition.objects.live().filter(post=post))
    found = attach_topics(annotate_law_keys(rows).with_reviews())
    if not found:
        raise Http404
    edition = found[0]
    with use_language(edition.language):
        context: dict[str, Any] = article_context(edition)
        if not change.notices.open().exists():
            told = LawNotice(**change.words())
            edition.law_notices = [told, *edition.law_notices]
        return render(
            request, "posts/law_preview.html", {**context, "change": change.pk}
        )
