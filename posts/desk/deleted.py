"""Drafts that were deleted, and the way back for them: as drafts, and nothing else."""

import reversion
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from reversion.models import Version

from posts.models import Post

from . import versions as record

SHOWN = 100


def deleted(request, desk):
    """Lists the drafts that were deleted last; by POST, `version` brings one back."""
    if not (desk.has_add_permission(request) and desk.has_change_permission(request)):
        raise PermissionDenied
    # Of articles alone: a version's number says nothing of what it is a version of.
    versions = Version.objects.get_deleted(Post).select_related("revision__user")
    if request.method == "POST":
        return _bring_back(request, desk, versions)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": "Deleted drafts",
        "versions": versions.order_by("-pk")[:SHOWN],
    }
    return render(request, "admin/posts/post/deleted.html", context)


def _bring_back(request, desk, versions):
    number = request.POST.get("version", "")
    # At most nine digits: a longer number is no row's, and some databases raise.
    found = number.isdecimal() and len(number) < 10 and versions.filter(pk=number)
    version = found and found.first()
    if not version:
        raise Http404
    post = Post(pk=version.object_id, updated_by=request.user)
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            left_out = record.restore(post, record.as_saved(version))
    except ValidationError as error:
        messages.error(request, f"Not brought back: {' '.join(error.messages)}")
        return redirect("admin:posts_post_deleted")
    for sentence in left_out:
        messages.warning(request, sentence)
    desk.log_change(request, post, "Brought back after it was deleted.")
    messages.success(request, f"“{post}” is a draft again.")
    return redirect("admin:posts_post_change", post.pk)
