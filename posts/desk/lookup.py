"""Finding articles at the desk at a bounded cost, however many there are."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from posts.models import Post
from posts.search import post_ids

# Of so many articles, those saved last, the words as they stand are looked through.
RECENT = 1000
# Of published ones, this many are found by a search, those published last.
FOUND = 1000
COUNTED = 10_000


def recently_saved():
    """Ids, as a sub-query: what is being worked on is among them."""
    return Post.objects.order_by("-updated_at", "-pk").values("pk")[:RECENT]


def published_with(text):
    """Ids of articles that any edition, live or not, was published with these words."""
    return post_ids(text, FOUND)


class CappedPaginator(Paginator):
    """Counts to COUNTED and no further: nobody turns so many pages by hand."""

    @cached_property
    def count(self):
        return self.object_list[:COUNTED].count()
