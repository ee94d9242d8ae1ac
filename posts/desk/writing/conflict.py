"""What to show when somebody else saved the article meanwhile."""

from typing import Any

from django.forms import ModelForm
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from lawblog.desk.locking import version_token
from posts.history import versions
from posts.models import Post


def conflict(data: QueryDict, form: ModelForm) -> dict[str, Any] | None:
    """What the other person changed and how the submitted form differs, as changes();
    None when the form (bound to `data`) was filled in for the article as it is."""
    current = Post.objects.filter(pk=form.instance.pk).first()
    if not current or version_token(current) in (
        data.get("version_token"),
        data.get("over"),
    ):
        return None
    theirs = versions.working_copy(current)
    topics = form.cleaned_data.get("topics", current.topics.all())
    mine = versions.working_copy(form.instance, topics)
    opened = _as_opened(current, data.get("version_token"))
    return {
        "by": theirs.by or "Somebody",
        "at": current.updated_at,
        "version_token": version_token(current),
        "theirs": opened and versions.changes(opened, theirs),
        "mine": versions.changes(theirs, mine),
    }


def _as_opened(post: Post, token: str | None) -> versions.State | None:
    """The State that the form was opened with, if it is on record."""
    try:
        moment = parse_datetime(token or "")
    except ValueError:
        moment = None
    if moment and not moment.tzinfo:
        return None
    earlier = [
        state
        for state in versions.saves(post)
        # Versions keep it to the millisecond, rounded down.
        if moment and state.values["updated_at"] <= moment
    ]
    return earlier[-1] if earlier else None
