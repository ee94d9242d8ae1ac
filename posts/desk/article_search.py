"""Searching articles at the desk, at a bounded cost however many there are."""

from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from posts.models import Post

# A search reads the working copies of this many articles, those saved last,
MAX_SEARCHED_DRAFTS = 1000
# and finds at most this many published ones, those published last.
MAX_FOUND = 1000
MAX_COUNT = 10_000


def recently_saved() -> QuerySet:
    """Ids, as a sub-query, of the articles saved last: those being worked on."""
    return Post.objects.order_by("-updated_at", "-pk").values("pk")[
        :MAX_SEARCHED_DRAFTS
    ]


class CappedPaginator(Paginator):
    """Stops counting at MAX_COUNT: nobody turns that many pages by hand."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        return rows[:MAX_COUNT].count()
