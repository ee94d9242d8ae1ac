"""Generates articles by the thousand. posts/publishing/ is too slow for a million: the
rows that it writes beside an edition are written here in bulk."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import slugify

from posts.law import index as law
from posts.models import Edition, EditionTopic, Post, Topic
from posts.models.post_queries import FOREVER
from posts.publishing import UNAPPROVED, counts, digest_of
from posts.search import index

from . import sample_text

ARTICLE_BATCH = 1000
FIRST_DAY, DAYS, NOON = date(2006, 1, 1), 7300, time(12)


def load(count: int, topics: int, progress: Callable[[int], None]) -> None:
    """Publish `count` made-up articles under `topics` topics. Belongs in a
    transaction. progress(number) is called now and then."""
    made = [
        Topic(
            name=sample_text.topic(n),
            slug=f"sample-topic-{n + 1}",
            is_sample=True,
            is_public=True,
        )
        for n in range(topics)
    ]
    rows = Topic.objects.bulk_create(made)
    known: set[str] = set()
    for start in range(0, count, ARTICLE_BATCH):
        numbers = range(start + 1, min(start + ARTICLE_BATCH, count) + 1)
        editions = _publish(numbers, rows)
        law.add(editions)
        known |= index.add(editions, known)
        progress(numbers[-1])
    counts.recount()


def _publish(numbers: range, topics: Sequence[Topic]) -> list[Edition]:
    filed = {
        number: [topics[n] for n in sample_text.topics_of(number, len(topics))]
        for number in numbers
    }
    posts = Post.objects.bulk_create(map(_post, numbers))
    editions = Edition.objects.bulk_create(
        _edition(post, of) for post, of in zip(posts, filed.values(), strict=True)
    )
    filed_post = Post.topics.through
    filed_post.objects.bulk_create(
        filed_post(post=post, topic=topic)
        for post, of in zip(posts, filed.values(), strict=True)
        for topic in of
    )
    EditionTopic.objects.bulk_create(
        EditionTopic(edition=edition, topic=topic)
        for edition, of in zip(editions, filed.values(), strict=True)
        for topic in of
    )
    return editions


def _post(number: int) -> Post:
    title, language, summary, body = sample_text.article(number)
    # Spread over the years without an order, as topics and languages are.
    day = FIRST_DAY + timedelta(days=number * 2_654_435_761 % 2**32 % DAYS)
    return Post(
        title=title,
        slug=f"sample-{number}-{slugify(title)}"[:100].rstrip("-"),
        language=language,
        summary=summary,
        body=body,
        published_on=day,
        law_as_of=day,
        is_sample=True,
        on_site_until=FOREVER,
    )


def _edition(post: Post, topics: Sequence[Topic]) -> Edition:
    day = post.law_as_of  # which is its date, too
    then = timezone.make_aware(datetime.combine(day, NOON))
    edition = Edition(
        post=post,
        **post.copied_words(),
        number=1,
        is_sample=True,
        published_on=day,
        topic_names=sorted(topic.name for topic in topics),
        approved_by_name=UNAPPROVED,
        approved_at=then,
        modified_at=then,
        live_from=then,
    )
    edition.digest = digest_of(edition)
    return edition
