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
from posts.history.restoring import restore
from posts.history.versions import as_saved
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
        versions=versions.order_by("-pk")[:DRAFTS_SHOWN],
    )


def _bring_back(
    request: HttpRequest, desk: DeskAdmin, versions: QuerySet
) -> HttpResponse:
    number = row_number(request.POST.get("version", ""))
    version = get_object_or_404(versions, pk=number)
    post = Post(pk=version.object_id, updated_by=user_of(request))
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            left_out = restore(post, as_saved(version))
    except ValidationError as error:
        messages.error(request, f"Not brought back: {' '.join(error.messages)}")
        return redirect("admin:posts_post_deleted")
    for sentence in left_out:
        messages.warning(request, sentence)
    desk.log_change(request, post, "Brought back after it was deleted.")
    messages.success(request, f"“{post}” is a draft again.")
    return redirect("admin:posts_post_change", post.pk)
