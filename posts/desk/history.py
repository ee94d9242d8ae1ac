"""The history of an article: every save and edition, compared and restored."""

from datetime import datetime, time
from typing import Any

import reversion
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lawblog.dates import sensible
from lawblog.desk.locking import overtaken, version_token
from lawblog.desk.pages import DeskAdmin, with_row
from lawblog.desk.widgets import DateInput, TimeInput
from lawblog.people.accounts import user_of
from posts.history import restoring, versions
from posts.history.versions import State
from posts.models import Post
from posts.publishing import digest_of

from .article_pages import article_page, done


class OnForm(forms.Form):
    day = forms.DateField(widget=DateInput, validators=[sensible])
    at = forms.TimeField(
        label="Time",
        required=False,
        widget=TimeInput,
        help_text="New York time. Empty means the whole day.",
    )

    def span(self) -> tuple[datetime, datetime]:
        """The (aware) beginning and end of the dates that were asked for."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        start = timezone.make_aware(datetime.combine(day, at or time.min))
        if at:
            return start, start
        end = timezone.make_aware(datetime.combine(day, time.max))
        return start, end


@with_row("view")
def history(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    form = OnForm(request.GET if "day" in request.GET else None)
    context: dict[str, Any] = {"title": "History", "form": form, "rows": rows(post)}
    context["now"] = versions.working_copy(post)
    # Of one alone, what came of it since.
    context["alone"] = len(context["rows"]) == 1
    if form.is_valid():
        editions = versions.on(post, *form.span())
        context["answer"] = [(e, digest_of(e) == e.digest) for e in editions]
    return article_page(request, desk, post, "history", **context)


def rows(post: Post) -> list[tuple[State, State | None, list[str]]]:
    """[(State, the State before it or None, labels of what changed)], newest first."""
    found = []
    for states in (versions.saves(post), versions.approved(post)):
        for before, state in zip([None, *states], states, strict=False):
            found.append((state, before, changed(before, state) if before else []))
    return sorted(found, key=lambda row: row[0].at, reverse=True)


def changed(before: State, state: State) -> list[str]:
    old, new = before.words, state.words
    labels = [label for label in new if old[label] != new[label]]
    return labels + ["Text"] * (before.body != state.body)


@with_row("view")
def compare(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """The differences between two states; with `restore`, the confirmation before
    restoring one."""
    if not (request.GET.get("before") and request.GET.get("after")):
        messages.error(request, "Choose two to compare: one on each side.")
        return redirect("admin:posts_post_history", post.pk)
    before, after = (state_of(post, request.GET.get(n)) for n in ("before", "after"))
    fields, blocks = versions.changes(before, after)
    to_restore = "restore" in request.GET
    context = {
        "title": "What changed",
        "before": before,
        "after": after,
        "fields": fields,
        "blocks": blocks,
        "version_token": version_token(post),
        "may_restore": to_restore and desk.has_change_permission(request, post),
    }
    return article_page(request, desk, post, "compare", **context)


def state_of(post: Post, key: str | None) -> State:
    try:
        return versions.find(post, key or "")
    except KeyError:
        raise Http404 from None


@require_POST
@with_row("change", lock=True)
def restore(
    request: HttpRequest, post: Post, desk: DeskAdmin, key: str
) -> HttpResponse:
    state = state_of(post, key)
    if request.POST.get("version_token") != version_token(post):
        messages.error(request, overtaken(post))
        return redirect("admin:posts_post_history", post.pk)
    post.updated_by = user_of(request)
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(request.user)
            left_out = restoring.restore(post, state)
    except ValidationError as error:
        messages.error(request, f"Not put back: {' '.join(error.messages)}")
        return redirect("admin:posts_post_history", post.pk)
    for sentence in left_out:
        messages.warning(request, sentence)
    when = f"{timezone.localtime(state.at):%B %-d, %Y, %-I:%M %p}"
    return done(request, desk, post, f"The working copy is as it was on {when}.")
