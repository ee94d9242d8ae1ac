"""Restores an article to an earlier save or edition."""

import reversion
from django.core.exceptions import ValidationError

from offices.models import Attorney
from posts.models import Post, Topic

from .field_labels import COMPARED_FIELDS, ROW_FIELDS, field_label
from .versions import State


def restore(post: Post, state: State) -> list[str]:
    """Makes the working copy say what it said; readers go on reading what was approved.

    Saves a version. Returns sentences on what could not be put back; raises
    ValidationError when the rest no longer fits.
    """
    left_out = [*_put_back(post, state), *_keep_address_if_taken(post)]
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


def _keep_address_if_taken(post: Post) -> list[str]:
    present = Post.objects.filter(pk=post.pk).first()
    try:
        post.full_clean()
    except ValidationError as error:
        if "slug" not in error.message_dict or not present:
            raise
        post.slug = present.slug
        post.full_clean()
        return ["Another article has the former address; the present one stays."]
    return []
