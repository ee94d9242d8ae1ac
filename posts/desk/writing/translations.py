"""Translations at the desk: begin one, and see which fell behind."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict

from lawblog.desk.pages import row_number
from posts.models import Post


def missing(post: Post) -> list[tuple[str, str]]:
    """(code, name) of the languages that the saved article is not translated into."""
    if post.translation_of_id:
        return []
    there = Post.objects.filter(translation_of=post).values_list("language", flat=True)
    taken = {post.language, *there}
    return [pair for pair in settings.LANGUAGES if pair[0] not in taken]


def begun(query: QueryDict) -> dict[str, Any]:
    """Initial values of a new article that is to translate another: the original's
    words, to be written over; not the title, since the address is made from it. Empty
    unless the query names an original and a language that it lacks."""
    source, language = original(None, query), query.get("language")
    if not source or language not in dict(missing(source)):
        return {}
    return {
        "translation_of": source.pk,
        "language": language,
        "kind": source.kind,
        "summary": source.summary,
        "body": source.body,
        "topics": list(source.topics.all()),
        "author": source.author_id,
        "law_as_of": source.law_as_of,
        "review_by": source.review_by,
    }


def original(post: Post | None, query: QueryDict) -> Post | None:
    """What an article translates, or a new one is begun (`query`) to translate: its
    text stands beside."""
    if post:
        return post.translation_of
    number = row_number(query.get("translation_of", ""))
    return Post.objects.filter(pk=number).first() if number else None


def of(post: Post) -> list[tuple[Post, str]]:
    """The other articles that say the same in another language, each with its state in
    words; the original first."""
    work = post.translation_of_id or post.pk
    rows = Post.objects.filter(Q(pk=work) | Q(translation_of=work)).exclude(pk=post.pk)
    return sorted(
        ((row, row.state()) for row in rows.prefetch_related("editions")),
        key=lambda pair: (pair[0].pk != work, pair[0].language),
    )
