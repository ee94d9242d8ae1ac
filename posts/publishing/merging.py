"""Merging two topics."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from lawblog.models import FormerAddress
from lawblog.records.ledger import append_with_facts, lock
from posts.models import Edition, Post, Topic

from . import counts, record


@transaction.atomic
def merge(topic: Topic, *, into: Topic) -> int:
    """Move the articles of a topic, on the desk and on the site, to another one; the
    address of the first leads there from then on. What editions record of themselves
    (topic_names, digest) stays as it was approved. Returns how many articles moved;
    raises ValidationError with a sentence."""
    if topic == into:
        raise ValidationError("A topic cannot be merged into itself.")
    topic, into = _held(topic, into)
    # From here on nothing is published under either.
    lock()
    if topic.is_public and not into.is_public:
        raise ValidationError(
            f"Readers do not know “{into}” yet. Let them see it first."
        )
    moved = Post.objects.filter(topics=topic).count()
    # Read before they move: their lines tell where they stand afterwards.
    editions = list(Edition.objects.filter(topics=topic).values_list("pk", flat=True))
    for model in (Post, Edition):
        _move(model.topics.through, topic, into)
    for edition in record.editions().filter(pk__in=editions).order_by("pk"):
        append_with_facts("topics", edition, note=f"{topic} was merged into {into}.")
    FormerAddress.objects.hand_over(topic, to=into)
    topic.delete()
    counts.recount(into)
    return moved


def _held(*topics: Topic) -> list[Topic]:
    """The topics as they are now, locked until the transaction ends."""
    rows = Topic.objects.select_for_update(no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[topic.pk for topic in topics])}
    if gone := [topic for topic in topics if topic.pk not in found]:
        raise ValidationError(f"“{gone[0]}” was merged or deleted meanwhile.")
    return [found[topic.pk] for topic in topics]


def _move(through: type[models.Model], topic: Topic, into: Topic) -> None:
    owner = through._meta.get_fields()[1].name  # "post" or "edition"
    every = through._default_manager
    have_both = every.filter(topic=into).values(owner)
    rows = every.filter(topic=topic)
    rows.exclude(**{f"{owner}__in": have_both}).update(topic=into)
    rows.all().delete()
