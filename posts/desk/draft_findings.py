"""The page of what was left out of an imported draft or looks wrong in it, to be ticked
off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.pages import DeskAdmin, require, row_number, with_row
from lawblog.people.accounts import user_of
from posts.models import DraftFinding, Post

from .article_pages import article_page


@with_row("view")
def findings_page(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """Staff read what is open; an attorney ticks it, so that it is asked no more."""
    if request.method == "POST":
        require(desk, request, "publish", post)
        return _tick(request, post, desk)
    return article_page(
        request,
        desk,
        post,
        "noted",
        title="What to look at",
        found=DraftFinding.objects.open_in(post),
        ticked=post.draft_findings.exclude(ticked_at=None).select_related("ticked_by"),
        may_tick=desk.has_publish_permission(request),
    )


def _tick(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    numbers = filter(None, map(row_number, request.POST.getlist("finding")))
    rows = post.draft_findings.filter(pk__in=list(numbers), ticked_at=None)
    sentences = list(rows.values_list("sentence", flat=True))
    if DraftFinding.objects.filter(post=post, pk__in=rows).tick(user_of(request)):
        desk.log_change(request, post, f"Looked at: {' '.join(sentences)}")
        many = "One is" if len(sentences) == 1 else f"{len(sentences)} are"
        desk.message_user(request, f"{many} ticked off.")
    else:
        desk.message_user(request, "Nothing was ticked: choose what you looked at.")
    return redirect("admin:posts_post_noted", post.pk)
