"""Deleted drafts, and restoring one as a draft."""

import reversion
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from reversion.models import Version

from lawblog.desk.pages import DeskAdmin, desk_page, row_number, with_right
from lawblog.people.accounts import user_of
from posts.history import deleted_drafts
from posts.models import Post

DRAFTS_SHOWN = 100


@with_right("add", "change")
def deleted(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    """Lists the drafts that were deleted last; by POST, `version` brings one back."""
    # Of articles alone: a version's number says nothing of what it is a version of.
    versions = Version.objects.get_deleted(Post).select_related("revision__user")
    if request.method == "POST":
        return _bring_back(request, desk, versions)
    return desk_page(
        request,
        desk,
        "admin/posts/post/deleted.html",
        title="Deleted drafts",
        rows=[
            (version, deleted_drafts.is_whole(version))
            for version in versions.order_by("-pk")[:DRAFTS_SHOWN]
        ],
    )


def _bring_back(
    request: HttpRequest, desk: DeskAdmin, versions: QuerySet
) -> HttpResponse:
    number = row_number(request.POST.get("version", ""))
    of_an_article = Version.objects.get_for_model(Post).select_related("revision")
    version = get_object_or_404(of_an_article, pk=number)
    if not versions.filter(pk=number).exists():
        return _not_deleted(request, version)
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            post, left_out = deleted_drafts.bring_back(version, user_of(request))
    except ValidationError as error:
        messages.error(request, f"Not brought back: {' '.join(error.messages)}")
        return redirect("admin:posts_post_deleted")
    for sentence in left_out:
        messages.warning(request, sentence)
    desk.log_change(request, post, "Brought back after it was deleted.")
    messages.success(request, f"“{post}” is a draft again.")
    return redirect("admin:posts_post_change", post.pk)


def _not_deleted(request: HttpRequest, version: Version) -> HttpResponse:
    """For a button of a page that is older than what it shows."""
    post = Post.objects.filter(pk=version.object_id).first()
    if post:
        messages.info(request, f"“{post}” is there again already.")
        return redirect("admin:posts_post_change", post.pk)
    words = "It was brought back and deleted again. Here it is as it was last."
    messages.error(request, words)
    return redirect("admin:posts_post_deleted")
