"""Where an article is used: which others link to it, shown before it is withdrawn or
moved. Of links in texts, those of the newest MAX_EDITIONS_READ editions are looked
through."""

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Q
from django.utils import timezone

from posts.models import Edition, Post, Term
from posts.publishing.reviewing import MAX_EDITIONS_READ

USES_SHOWN = 50


class Used(TypedDict):
    """Editions, live or scheduled, one of each article, that link here, that name this
    article as the newer one, and that translate it; and the glossary terms that lead
    here."""

    linking: list[Edition]
    superseded: list[Edition]
    translations: list[Edition]
    terms: list[Term]


def where_used(post: Post) -> Used:
    not_over = Q(live_until=None) | Q(live_until__gt=timezone.now())
    every = Edition.objects.not_cancelled().filter(not_over)
    others = every.exclude(post=post).defer("body").order_by("-pk")
    slugs = set(post.editions.not_cancelled().values_list("slug", flat=True))
    newest = every.order_by("-pk").values("pk")[:MAX_EDITIONS_READ]
    linking: list[Edition] = []
    for slug in sorted(slugs):
        rows = others.filter(pk__in=newest, body__contains=f"/posts/{slug}/")
        linking += rows[:USES_SHOWN]
    return {
        "linking": _one_each(linking)[:USES_SHOWN],
        "superseded": _one_each(others.filter(superseded_by=post)[:USES_SHOWN]),
        "translations": _one_each(others.filter(translation_of=post)[:USES_SHOWN]),
        "terms": list(Term.objects.filter(article=post, is_public=True)[:USES_SHOWN]),
    }


def _one_each(editions: Iterable[Edition]) -> list[Edition]:
    return list({edition.post_id: edition for edition in editions}.values())
