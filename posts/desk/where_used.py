"""Where an article is used: which others link to it, shown before it is withdrawn or
moved. Of links in texts, those of the newest MAX_EDITIONS_READ live articles are looked
through."""

from typing import TypedDict

from posts.models import Edition, Post, Term
from posts.publishing.reviewing import MAX_EDITIONS_READ

USES_SHOWN = 50


class Used(TypedDict):
    """Live editions that link here, that name this article as the newer one, and that
    translate it; and the glossary terms that lead here."""

    linking: list[Edition]
    superseded: list[Edition]
    translations: list[Edition]
    terms: list[Term]


def where_used(post: Post) -> Used:
    live = Edition.objects.live().exclude(post=post).defer("body").order_by("-pk")
    slugs = set(post.editions.not_cancelled().values_list("slug", flat=True))
    newest = Edition.objects.live().order_by("-pk").values("pk")[:MAX_EDITIONS_READ]
    linking: dict[int, Edition] = {}
    for slug in sorted(slugs):
        rows = live.filter(pk__in=newest, body__contains=f"/posts/{slug}/")
        linking |= {edition.pk: edition for edition in rows[:USES_SHOWN]}
    return {
        "linking": list(linking.values())[:USES_SHOWN],
        "superseded": list(live.filter(superseded_by=post)[:USES_SHOWN]),
        "translations": list(live.filter(translation_of=post)[:USES_SHOWN]),
        "terms": list(Term.objects.filter(article=post, is_public=True)[:USES_SHOWN]),
    }
