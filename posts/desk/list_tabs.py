"""The tabs of the list of articles: one for each state, with an address and a count."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, cast

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from posts.models import Edition, Post
from posts.models.edition import EditionQuerySet
from posts.models.post_queries import PostQuerySet

from . import article_search


def scheduled(posts: PostQuerySet, now: datetime) -> PostQuerySet:
    """Articles with something scheduled; they may be live already."""
    found: PostQuerySet = posts.filter(pk__in=_coming(now).values("post"))
    return found


def live(posts: PostQuerySet, now: datetime) -> PostQuerySet:
    """Articles that readers see now, without those that are only scheduled."""
    present = Edition.objects.live(now).filter(post=OuterRef("post"))
    only_coming = _coming(now).exclude(Exists(present)).values("post")
    found: PostQuerySet = posts.on_site(now).exclude(pk__in=only_coming)
    return found


def _coming(now: datetime) -> EditionQuerySet:
    coming: EditionQuerySet = Edition.objects.not_cancelled().filter(live_from__gt=now)
    return coming


# value in the address: (label, the articles in this state).
STATES: dict[str, tuple[str, Callable[[PostQuerySet, datetime], PostQuerySet]]] = {
    "draft": ("Draft", lambda posts, now: posts.drafts()),
    "waiting": ("Waiting", lambda posts, now: posts.waiting()),
    "scheduled": ("Scheduled", scheduled),
    "live": ("Live", live),
    "withdrawn": ("Withdrawn", PostQuerySet.withdrawn),
}


class StateFilter(admin.SimpleListFilter):
    """Drawn as tabs above the list, not among the other filters."""

    title = "state"
    parameter_name = "stand"
    template = "admin/posts/post/_no_filter.html"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(value, words) for value, (words, _) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value not in STATES:
            return queryset
        _, those = STATES[value]
        return those(cast(PostQuerySet, queryset), timezone.now())


class Tab(NamedTuple):
    query: str
    words: str
    number: str
    is_current: bool


def tabs(request: HttpRequest) -> Iterator[Tab]:
    """A tab for all and one for each state; counts stop at article_search.MAX_COUNT."""
    now, current = timezone.now(), request.GET.get(StateFilter.parameter_name)
    everything = Post.objects.all()
    yield Tab("?", "All", _count(everything), current not in STATES)
    for value, (words, those) in STATES.items():
        count = _count(those(everything, now))
        yield Tab(f"?stand={value}", words, count, current == value)


def _count(posts: PostQuerySet) -> str:
    most = article_search.MAX_COUNT
    count = posts.order_by()[: most + 1].count()
    return f"{most:,}+" if count > most else f"{count:,}"
