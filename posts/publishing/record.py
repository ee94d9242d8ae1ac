"""What is recorded of editions, topics, series and glossary terms."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lawblog.records.canonical import Facts, moment, plain
from lawblog.records.subjects import freeze, on_record
from posts.models import (
    Edition,
    OldAddress,
    Series,
    SynonymGroup,
    Term,
    Topic,
)

from .digest import digest_of


def register_subjects() -> None:
    """Called once, when the apps are loaded."""
    freeze(
        Edition,
        facts=facts_of,
        rows=editions,
        movable=["ended_by"],
        ends="live_until",
        erasable="is_sample",
        proof=proof,
        page=history_page,
    )
    for model in (Topic, Series, Term, SynonymGroup):
        on_record(model)
    on_record(OldAddress, printed=False)


def editions() -> QuerySet[Edition]:
    return Edition._base_manager.prefetch_related("topics")


def facts_of(edition: Edition) -> Facts:
    """What was let through: the words by their digest, by whom, where and from when."""
    return {
        "post": edition.post_id,
        "number": edition.number,
        "slug": edition.slug,
        "language": edition.language,
        "title": edition.title,
        "digest": edition.digest,
        "approved_by": edition.approved_by_id,
        "approved_by_name": edition.approved_by_name,
        "approved_at": moment(edition.approved_at),
        "live_from": moment(edition.live_from),
        "modified_at": moment(edition.modified_at),
        "published_on": plain(edition.published_on),
        "translates": edition.translates_id,
        "topics": sorted(topic.pk for topic in edition.topics.all()),
        "warnings": plain(edition.warnings),
        "override_reason": edition.override_reason,
        "ended_by": edition.ended_by_id,
    }


def history_page(facts: Facts, at: datetime) -> str:
    """The address at which the desk shows what the article said at a moment."""
    then = timezone.localtime(at)
    asked = urlencode({"day": f"{then:%Y-%m-%d}", "at": f"{then:%H:%M:%S}"})
    return f"{reverse('admin:posts_post_history', args=[facts['post']])}?{asked}"


def proof(edition: Edition) -> str:
    """What a check of the record says of an edition whose words were changed."""
    if edition.is_sample and edition.approved_by_id:
        return "is marked as a sample, which nobody approves, and names an approver."
    same = digest_of(edition) == edition.digest
    return "" if same else "has other words than were approved."
