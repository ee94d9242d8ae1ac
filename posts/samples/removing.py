"""Taking the sample articles away, and nothing of the firm's with them."""

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from posts.models import Edition, Post, Topic
from posts.publishing import counts
from posts.search import index

ARTICLE_BATCH = 1000


class StillNamed(Exception):
    """An article of the firm's names a sample; says which, and what to do."""


def samples() -> QuerySet[Post]:
    """The articles that go. What somebody approved since is the firm's, whatever it
    began as."""
    own = Edition.objects.exclude(approved_by=None).filter(post__is_sample=True)
    return Post.objects.filter(is_sample=True).exclude(pk__in=own.values("post"))


def topics_left_over() -> QuerySet[Topic]:
    """The topics that came with the samples, and under which nothing stands."""
    return Topic.objects.filter(is_sample=True, post=None, edition=None)


@transaction.atomic
def remove() -> int:
    """How many articles went. Raises StillNamed, and then all stay."""
    posts = samples()
    count = posts.count()
    # Translations name their originals, so that they go first.
    for part in posts.exclude(translation_of=None), posts:
        # A batch at a time, since Django reads what it deletes into memory.
        while some := list(
            part.order_by("pk").values_list("pk", flat=True)[:ARTICLE_BATCH]
        ):
            _delete(some)
    if count:
        counts.recount()
        index.rebuild(Edition.objects.all())
    topics_left_over().delete()
    return count


def _delete(some: list[int]) -> None:
    """Posts by id, with their editions. Raises StillNamed."""
    try:
        # Samples are not on the firm's record, so they alone may go past the refusal
        # in FrozenQuerySet.delete().
        QuerySet.delete(Edition.objects.filter(post__in=some))
        Post.objects.filter(pk__in=some).delete()
    except ProtectedError as error:
        names = ", ".join(f"“{row}”" for row in error.protected_objects)
        raise StillNamed(
            f"{names} names a sample, as its newer article or its original. "
            "Choose another there, or none, and try again. Nothing was removed."
        ) from None
