"""What an article said: every save and edition, compared, put back, looked up."""

from datetime import datetime, time

import reversion
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lawblog.dates import sensible
from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.widgets import DateInput, TimeInput
from posts.models import Post
from posts.publishing import digest_of

from . import versions
from .articles import desk_page, done


class OnForm(forms.Form):
    day = forms.DateField(widget=DateInput, validators=[sensible])
    at = forms.TimeField(
        label="Time",
        required=False,
        widget=TimeInput,
        help_text="New York time. Empty means the whole day.",
    )

    def span(self):
        """The aware moments that were asked about, first and last."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        start = timezone.make_aware(datetime.combine(day, at or time.min))
        if at:
            return start, start
        end = timezone.make_aware(datetime.combine(day, time.max))
        return start, end


def for_readers(request, pk, desk):
    post = get_object_or_404(Post, pk=pk)
    if not desk.has_view_permission(request, post):
        raise PermissionDenied
    return post


def history(request, pk, desk):
    post = for_readers(request, pk, desk)
    form = OnForm(request.GET if "day" in request.GET else None)
    context = {"form": form, "rows": rows(post)}
    if form.is_valid():
        editions = versions.on(post, *form.span())
        context["answer"] = [(e, digest_of(e) == e.digest) for e in editions]
    return desk_page(request, desk, post, "history", **context)


def rows(post):
    """[(State, the State before it or None, labels of what changed)], newest first."""
    found = []
    for states in (versions.saves(post), versions.approved(post)):
        for before, state in zip([None, *states], states, strict=False):
            found.append((state, before, changed(before, state) if before else []))
    return sorted(found, key=lambda row: row[0].at, reverse=True)


def changed(before, state):
    old, new = before.words, state.words
    labels = [label for label in new if old[label] != new[label]]
    return labels + ["Text"] * (before.body != state.body)


def compare(request, pk, desk):
    """From one state to another, as prose; with `restore`, before it is put back."""
    post = for_readers(request, pk, desk)
    before, after = (state_of(post, request.GET.get(n)) for n in ("before", "after"))
    fields, blocks = versions.changes(before, after)
    restoring = "restore" in request.GET
    context = {
        "before": before,
        "after": after,
        "fields": fields,
        "blocks": blocks,
        "version_token": version_token(post),
        "may_restore": restoring and desk.has_change_permission(request, post),
    }
    return desk_page(request, desk, post, "compare", form=None, **context)


def state_of(post, key):
    try:
        return versions.find(post, key)
    except KeyError:
        raise Http404 from None


@require_POST
@transaction.atomic
def restore(request, pk, key, desk):
    post = get_object_or_404(Post.objects.select_for_update(), pk=pk)
    if not desk.has_change_permission(request, post):
        raise PermissionDenied
    state = state_of(post, key)
    if request.POST.get("version_token") != version_token(post):
        messages.error(request, overtaken(post))
        return redirect("admin:posts_post_history", pk)
    post.updated_by = request.user
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            left_out = versions.restore(post, state)
    except ValidationError as error:
        messages.error(request, f"Not put back: {' '.join(error.messages)}")
        return redirect("admin:posts_post_history", pk)
    for sentence in left_out:
        messages.warning(request, sentence)
    when = f"{timezone.localtime(state.at):%B %-d, %Y, %-I:%M %p}"
    return done(request, desk, post, f"The working copy is as it was on {when}.")
