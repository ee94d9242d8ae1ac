"""Saves an imported Article as a draft."""

from collections.abc import Callable

import reversion
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from offices.models import Attorney
from posts.importing import Article, Finding
from posts.importing.finishing import NO_DESCRIPTION
from posts.models import DraftFinding, Post, Topic
from posts.models.free_slug import free_slug
from posts.old_addresses.saving import note_import

from . import own_facts
from .pictures import Keep, with_pictures


def known(article: Article) -> Post | None:
    """The post that this article was imported as before, whatever its state now."""
    names = [article.key, *article.older_keys]
    return Post.objects.filter(imported_from__in=names).first()


def make(
    article: Article,
    keep: Keep,
    by: int | None = None,
    note: Callable[[Post], None] = lambda post: None,
) -> Post:
    """Save the article as a draft, with its findings. Pictures are fetched before the
    database is held. by: the number of whoever brings it in; note: writes of it, in the
    same transaction, so that no draft stands in no report.

    Raises ValidationError when a field refuses.
    """
    post, about_pictures = _with_pictures(article, keep)
    post.updated_by_id = by
    with transaction.atomic(), reversion.create_revision():
        if by:
            reversion.set_comment("Brought in.")
        post.save()
        _relate(post, article)
        found = [*article.findings, *about_pictures, *_unmatched(article, post)]
        _note(post, found)
        note_import(post, article.old_addresses)
        note(post)
    return post


def _with_pictures(article: Article, keep: Keep) -> tuple[Post, list[Finding]]:
    """The draft, not saved, and what is to be said of its pictures."""
    body, about = with_pictures(article, keep)
    post = draft_of(article, body)
    if article.own:
        about += own_facts.add_cover(post, article.own, keep)
    return post, about


def _relate(post: Post, article: Article) -> None:
    if article.own:
        own_facts.link_related_articles(post, article.own)
    post.topics.set(
        own_facts.topics_of(article.own) if article.own else _topics(article)
    )


def _note(post: Post, findings: list[Finding]) -> None:
    # The checks ask for descriptions of pictures that are there.
    pairs = (
        (finding.sentence, finding.place)
        for finding in findings
        if finding.sentence != NO_DESCRIPTION
    )
    DraftFinding.objects.note(post, pairs)


def draft_of(article: Article, body: str) -> Post:
    """The draft, checked and not saved."""
    day = article.published_on(timezone.get_current_timezone())
    names = Q(name__iexact=article.author) if article.author else Q(pk=None)
    today = timezone.localdate()
    post = Post(
        title=article.title,
        slug=free_slug(article.slug or article.title),
        summary=article.summary,
        body=body,
        language=article.language,
        author=Attorney.objects.filter(names).first(),
        published_on=day,
        imported_from=article.key,
    )
    if day:
        # An old article is due for review at once.
        post.law_as_of = min(day, today)
    if article.own:
        own_facts.apply_facts(post, article.own)
    post.full_clean()
    return post


def _topics(article: Article) -> list[Topic]:
    """Those of our topics that the article was filed under; none is made."""
    wanted = {slugify(name) for name in article.topics} - {""}
    return [
        topic
        for topic in Topic.objects.all()
        if topic.slug in wanted or slugify(topic.name) in wanted
    ]


def _unmatched(article: Article, post: Post) -> list[Finding]:
    """What the file names and this site has not."""
    named = {slugify(topic.name) for topic in post.topics.all()}
    named |= {topic.slug for topic in post.topics.all()}
    others = [name for name in article.topics if slugify(name) not in named]
    found = []
    if others:
        words = ", ".join(others)
        found.append(Finding("The old site’s topics that are none here.", words))
    if article.author and not post.author_id:
        found.append(Finding("The author is no attorney here.", article.author))
    return found
