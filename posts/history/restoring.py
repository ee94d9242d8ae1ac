"""Restores an article to an earlier save or edition."""

from typing import Any

import reversion
from django.core.exceptions import ValidationError

from offices.models import Attorney
from posts.models import Post, Topic
from posts.models.free_slug import free_slug

from .field_labels import COMPARED_FIELDS, ROW_FIELDS, field_label
from .versions import State


def restore(post: Post, state: State) -> list[str]:
    """Makes the working copy say what it said; readers go on reading what was approved.

    Saves a version. Returns sentences on what could not be put back; raises
    ValidationError when the rest no longer fits.
    """
    left_out = [*_put_back(post, state), *_leave_out_what_is_taken(post)]
    topics = Topic.objects.filter(pk__in=state.topics)
    if len(topics) < len(state.topics):
        left_out.append("A topic is gone and was left out.")
    with reversion.create_revision():
        post.save()
        post.topics.set(topics)
    return left_out


def _put_back(post: Post, state: State) -> list[str]:
    """The fields, without rows that are gone; a sentence on each of those."""
    left_out = []
    for name in COMPARED_FIELDS:
        setattr(post, name, state.values[name])
    for name, model in {"author_id": Attorney, **ROW_FIELDS}.items():
        value = state.values[name]
        if value and not model._base_manager.filter(pk=value).exists():
            setattr(post, name, None)
            left_out.append(f"{field_label(name)} is gone and was left out.")
    if not post.series_id:
        post.part = None
    return left_out


def _leave_out_what_is_taken(post: Post) -> list[str]:
    """Where another article has its place by now, it goes without that place. Returns a
    sentence on each; raises ValidationError with what else does not fit."""
    left_out = []
    # Twice: a problem may hide another.
    for instead in 2 * _ways_out(post):
        if not (before := _problems(post)):
            break
        kept = {name: getattr(post, name) for name in instead}
        _set(post, instead)
        if gone := before - _problems(post):
            left_out.append(_in_words(post, next(iter(instead)), gone))
        else:
            _set(post, kept)
    post.full_clean()
    return left_out


def _ways_out(post: Post) -> list[dict[str, Any]]:
    """What its fields may say instead: what they say now, or nothing."""
    now = Post.objects.filter(pk=post.pk).first() or Post(slug=free_slug(post.slug))
    places = ("slug",), ("translation_of",), ("superseded_by",), ("series", "part")
    return [{name: getattr(now, name) for name in names} for names in places]


def _set(post: Post, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(post, name, value)


def _problems(post: Post) -> set[str]:
    try:
        post.full_clean()
    except ValidationError as error:
        return set(error.messages)
    return set()


def _in_words(post: Post, name: str, problems: set[str]) -> str:
    if name != "slug":
        why = " ".join(sorted(problems))
        return f"“{field_label(name)}” was left out: {why}"
    if Post.objects.filter(pk=post.pk).exists():
        return "Another article has the former address; the present one stays."
    return f"Another article has its address by now; its own is “{post.slug}”."
