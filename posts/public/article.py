"""The context of an article's page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypedDict, cast

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.http import Http404
from django.utils import timezone

from lawblog.database.compiled_queries import compiled_query
from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.page_language import current_language
from posts.law import affected
from posts.models import Edition, EditionAuthority, Topic
from posts.models.edition import EditionQuerySet
from posts.reading.questions import folded

from .glossary import read_with_terms
from .guides_and_cards import sides
from .law import cited
from .lists import (
    DAY,
    ID,
    LANGUAGE,
    NOW,
    Ids,
    annotate_topic_ids,
    attach_topics,
    newest,
    now_and_language,
)
from .related import related
from .series import place_in_series
from .sharing import sharing

RECENT_ARTICLES = 6  # one more than is shown, which may be the article itself
LINK_FIELDS = (
    "kind title slug language post translation_of number published_on modified_at"
)

# What no page of an article prints.
DEFERRED_FIELDS = (
    *("warnings", "override_reason", "approved_by", "approved_by_name", "approved_at"),
    *("live_from", "live_until", "ended_by"),
    *("author__biography", "author__user", "author__updated_at"),
)


@compiled_query(Edition, now=NOW, language=LANGUAGE, slug=models.CharField())
def _at(now: Any, language: Any, slug: Any) -> EditionQuerySet:
    live = Edition.objects.live(now).in_language(language).filter(slug=slug)
    # Not ordered: SQLite would rather walk through all articles in that order.
    rows = live.order_by().select_related("author", "series").with_reviews()
    rows = rows.defer(*DEFERRED_FIELDS)
    return annotate_law_keys(annotate_topic_ids(rows))


def annotate_law_keys(editions: EditionQuerySet) -> EditionQuerySet:
    """Adds `law_keys`, what the words name, with commas; None for nothing."""
    named = EditionAuthority.objects.filter(edition=OuterRef("pk"), is_named=True)
    keys = named.order_by().values("edition").annotate(keys=Ids("key")).values("keys")
    return editions.annotate(law_keys=Subquery(keys))  # type: ignore[no-redef]


def at_address(slug: str) -> Edition | None:
    """The live edition in the page's language (of two, the newest), or None."""
    found = attach_topics(_at(slug=slug, **now_and_language()))
    return max(found, key=lambda e: (e.published_on, e.pk), default=None)


def at_address_or_404(slug: str) -> Edition:
    edition = at_address(slug)
    if not edition:
        raise Http404
    return edition


@compiled_query(
    Edition, now=NOW, language=LANGUAGE, post=ID, original=ID, newer=ID, day=DAY, pk=ID
)
def _others(
    now: Any, language: Any, post: Any, original: Any, newer: Any, day: Any, pk: Any
) -> EditionQuerySet:
    """Editions to link to, without their texts; `is_the` says which each is."""
    live = Edition.objects.live(now)
    others = live.exclude(post=post)
    same_language = others.filter(language=language, kind=None)
    # In each, a bound that an index understands and the exact condition with its "or".
    older = Q(published_on__lt=day) | Q(pk__lt=pk), Q(published_on__lte=day)
    later = Q(published_on__gt=day) | Q(pk__gt=pk), Q(published_on__gte=day)
    wanted = {
        "previous": same_language.filter(*older).newest_first().values("pk")[:1],
        "next": same_language.filter(*later)
        .order_by("published_on", "pk")
        .values("pk")[:1],
        "newer": others.filter(post=newer).values("pk"),
        "translation": live.of_work(original).values("pk"),
    }
    links = live.only(*LINK_FIELDS.split()).order_by()
    first, *more = (
        links.filter(pk__in=ids).annotate(is_the=Value(name))
        for name, ids in wanted.items()
    )
    return first.union(*more, all=True)


class Neighbours(TypedDict, total=False):
    """The live edition of each kind, if there is one; translations: by language, with
    the article itself among them."""

    previous: Edition
    next: Edition
    newer: Edition
    translations: dict[str, Edition]


def neighbours(edition: Edition) -> Neighbours:
    """What an article's page links to."""
    found: dict[str, Any] = {"translations": {}}
    rows = _others(
        now=timezone.now(),
        language=edition.language,
        post=edition.post_id,
        original=edition.original_id,
        newer=edition.superseded_by_id or 0,
        day=edition.published_on,
        pk=edition.pk or 0,
    )
    for row in sorted(rows, key=lambda row: row.pk):
        if row.is_the == "translation":
            found["translations"][row.language] = row
        else:
            found[row.is_the] = row
    return cast(Neighbours, found)


def _newer_original(edition: Edition, live: Iterable[Edition]) -> Edition | None:
    """What the edition translates, if that says something newer by now."""
    original = next((e for e in live if e.post_id == edition.translation_of_id), None)
    return original if original and edition.is_behind(original) else None


def recent() -> dict[int, Edition]:
    """{post's id: edition} of the newest articles in the page's language."""
    return {edition.post_id: edition for edition in newest(slice(0, RECENT_ARTICLES))}


def article_context(
    edition: Edition, topics: list[Topic] | None = None
) -> dict[str, Any]:
    """What an article's page shows; the preview passes an unsaved edition's topics."""
    topics = edition.topic_list if topics is None else topics
    reading = read_with_terms(edition)
    if edition.is_guide:
        reading = replace(reading, html=folded(reading.html))
    links = neighbours(edition)
    translations = links.pop("translations")
    return {
        **links,
        "edition": edition,
        "alternates": {c: e.get_absolute_url() for c, e in translations.items()},
        "original": _newer_original(edition, translations.values()),
        "topics": topics,
        "related": related(edition, topics),
        "recent": cached_fragment(f"recent {current_language()}", recent),
        "reading": reading,
        "sides": sides(edition, translations.values()) if edition.is_card else [],
        "law": cited(affected.keys_and_notices(edition)),
        "series": place_in_series(edition),
        "sharing": sharing(edition),
    }
