"""Applies to a draft what only our own export says of an article."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from lawblog.media.fetching import CannotFetch
from posts.importing import Finding
from posts.importing.names_file import ExportedGroup
from posts.importing.own_export import GroupReference, OwnFacts
from posts.models import Post, Series, Topic
from posts.models.kind import Kind

from .pictures import Keep

Table = TypeVar("Table", Topic, Series)


def apply_facts(post: Post, own: OwnFacts) -> None:
    """The facts that need nothing else. Names that are new here are made, and readers
    see them when the attorney approves an article under them."""
    post.kind = own.kind if own.kind in Kind.values else None
    post.law_as_of = own.law_as_of or post.law_as_of
    post.review_by = own.review_by
    if own.series:
        post.series, post.part = find_or_create(Series, own.series), own.part


def topics_of(own: OwnFacts) -> list[Topic]:
    return [find_or_create(Topic, named) for named in own.topics]


def find_or_create(table: type[Table], named: GroupReference | ExportedGroup) -> Table:
    """The one of this name or address, made if there is none. ValidationError."""
    slug = slugify(named.address)[:60] or slugify(named.name)[:60] or "named"
    found = table.objects.filter(Q(name__iexact=named.name) | Q(slug=slug)).first()
    if found:
        return found
    made = table(name=named.name, slug=slug)
    made.full_clean()
    made.save()
    return made


def add_cover(post: Post, own: OwnFacts, keep: Keep) -> Iterator[Finding]:
    """Stores the cover picture; what is wrong with it."""
    if not own.cover:
        return
    if own.cover.data is None:
        yield Finding("The cover picture is not among the files.")
        return
    try:
        kept = keep(own.cover)
    except (ValidationError, CannotFetch) as error:
        why = " ".join(getattr(error, "messages", [str(error)]))
        yield Finding(f"The cover picture was not taken over. {why}")
        return
    post.cover, post.cover_alt = kept.url, own.cover.alt
    post.cover_x, post.cover_y = own.focus


def link_related_articles(post: Post, own: OwnFacts) -> None:
    """Articles that say each other in another language, or something newer. Whichever
    of two comes second brings them together."""
    post.translation_of = draft_from(own.translation_of)
    post.superseded_by = draft_from(own.superseded_by)
    post.save(update_fields=["translation_of", "superseded_by"])
    _of(own.translations).update(translation_of=post)
    _of(own.supersedes).update(superseded_by=post)


def draft_from(address: str) -> Post | None:
    return _of([address]).first() if address else None


def _of(addresses: Iterable[str]) -> QuerySet[Post]:
    """Drafts that came in from these addresses."""
    keys = [f"url:{address}" for address in addresses]
    return Post.objects.filter(imported_from__in=keys, editions=None)
