"""Merging two topics: one name for what readers look under."""

from django.core.exceptions import ValidationError
from django.db import transaction

from posts.models import Edition, FormerTopic, Post

from . import counts


@transaction.atomic
def merge(topic, *, into):
    """Move the articles of a topic, on the desk and on the site, to another one; the
    address of the first leads there from then on. What editions record of themselves
    (topic_names, digest) stays as it was approved. Returns how many articles moved."""
    if topic == into:
        raise ValidationError("A topic cannot be merged into itself.")
    moved = Post.objects.filter(topics=topic).count()
    for model in (Post, Edition):
        _move(model.topics.through, topic, into)
    FormerTopic.objects.filter(topic=topic).update(topic=into)
    # The address may be that of a topic merged earlier and made anew since.
    FormerTopic.objects.update_or_create(slug=topic.slug, defaults={"topic": into})
    topic.delete()
    counts.recount(into)
    return moved


def _move(through, topic, into):
    owner = through._meta.get_fields()[1].name  # "post" or "edition"
    have_both = through.objects.filter(topic=into).values(owner)
    rows = through.objects.filter(topic=topic)
    rows.exclude(**{f"{owner}__in": have_both}).update(topic=into)
    rows.all().delete()
