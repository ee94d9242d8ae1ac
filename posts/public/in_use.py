"""The topics, series and authors of live editions: those that only drafts use are not
public."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from lawblog.site.page_language import current_language
from offices.models import Attorney
from posts.models import Edition, EditionTopic, Series, Topic


def topics_in_use() -> QuerySet[Topic]:
    """Topics of live editions in the page's language."""
    # Looked up one by one: SQLite would rather list all that is live first.
    edition = Edition.objects.live().filter(pk=OuterRef("edition"))
    live = EditionTopic.objects.filter(
        Exists(edition), topic=OuterRef("pk"), language=current_language()
    )
    # A scalar, looked up topic by topic: for "exists", databases would rather read
    # every article.
    first = Subquery(live.values("pk")[:1])
    return Topic.objects.filter(is_public=True).alias(live=first).exclude(live=None)


def series_in_use() -> QuerySet[Series]:
    """Series of live editions in the page's language."""
    live = Edition.objects.live().in_language().filter(series=OuterRef("pk"))
    return Series.objects.filter(Exists(live), is_public=True)


def authors() -> QuerySet[Attorney]:
    """Attorneys with live editions in the page's language."""
    live = Edition.objects.live().in_language().filter(author=OuterRef("pk"))
    return Attorney.objects.filter(Exists(live))
