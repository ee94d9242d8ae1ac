"""The sitemap: an index of sections, in which each page names its counterparts in other
languages."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse

from offices.models import Attorney, Office, Page
from posts.models import Edition
from posts.models.edition import EditionQuerySet
from posts.public.glossary import listed_terms
from posts.public.guides_and_cards import live_cards, live_guides
from posts.public.in_use import series_in_use, topics_in_use
from posts.public.law import listed_law

from .page_language import default_language_path, use_language

# How many ids of editions a section spans: by id, the last section costs no more than
# the first. 50,000 addresses are allowed, but would take Django's template seconds.
ADDRESSES_A_SECTION = 1_000


class Alternate(TypedDict):
    lang_code: str
    location: str


class Entry(TypedDict):
    """An address as Django's sitemap.xml prints it."""

    location: str
    lastmod: date | None
    alternates: list[Alternate]


# {what it is: {language: path}}
Paths = defaultdict[Hashable, dict[str, str]]


def sections() -> list[tuple[str, int]]:
    """(kind, number) of each section that there is."""
    last = Edition.objects.live().aggregate(last=Max("pk"))["last"]
    numbers = range(1, last // ADDRESSES_A_SECTION + 2) if last else ()
    return [("pages", 1), *(("articles", number) for number in numbers)]


def entries(kind: str, number: int) -> list[Entry]:
    """A section's addresses. Raises KeyError if there is no such section."""
    if (kind, number) not in sections():
        raise KeyError(kind, number)
    return pages() if kind == "pages" else articles(number)


def pages() -> list[Entry]:
    """Lists, topics, series, offices, law and pages of record, in each language."""
    twins: Paths = defaultdict(dict)
    for code, _ in settings.LANGUAGES:
        with use_language(code):
            for key, path in paths():
                twins[key][code] = path
    return [entry(path, alike) for alike in twins.values() for path in alike.values()]


def paths() -> Iterator[tuple[Hashable, str]]:
    """(what it is, path) in the current language."""
    for name in ("home", "posts:list", "offices:list"):
        yield name, reverse(name)
    for name, live in (("guides", live_guides()), ("now", live_cards())):
        if live:
            yield name, reverse(name)
    if listed_terms().exists():
        yield "glossary", reverse("glossary")
    rows = (
        *topics_in_use(),
        *series_in_use(),
        *Office.objects.all(),
        *Attorney.objects.all(),
    )
    for row in rows:
        yield (type(row), row.pk), row.get_absolute_url()
    for key in listed_law():
        yield ("law", key), reverse("law", args=[key])
    for page in Page.objects.in_language():
        yield page.kind, page.get_absolute_url()


def articles(number: int) -> list[Entry]:
    """The live editions with ids of this section."""
    ids = (ADDRESSES_A_SECTION * (number - 1), ADDRESSES_A_SECTION * number - 1)
    live = Edition.objects.live()
    editions = live.filter(pk__range=ids).order_by("pk")
    twins = twins_of(live, editions)
    fields = "slug language post translation_of number published_on modified_at"
    return [
        entry(
            edition.get_absolute_url(),
            twins[edition.original_id],
            lastmod=edition.changed_on,
        )
        for edition in editions.only(*fields.split())
    ]


def twins_of(live: EditionQuerySet, editions: EditionQuerySet) -> Paths:
    """{post of the original: {language: path}} of what is translated among these."""
    translations = editions.exclude(translation_of=None)
    of_these = live.filter(translation_of__in=editions.values("post"))
    # Each by its index; with an "or", SQLite would go through all of them.
    both = translations.order_by().union(of_these.order_by())
    works = set(both.values_list("translation_of", flat=True))
    twins: Paths = defaultdict(dict)
    family = live.filter(Q(post__in=works) | Q(translation_of__in=works))
    fields = "slug", "language", "post", "translation_of"
    for edition in family.only(*fields).order_by("pk"):
        twins[edition.original_id][edition.language] = edition.get_absolute_url()
    return twins


def entry(path: str, alike: Mapping[str, str], lastmod: date | None = None) -> Entry:
    """alike: {language: path}, this page's own among them or empty."""
    alternates: list[Alternate] = []
    if len(alike) > 1:
        pairs = [*alike.items(), ("x-default", default_language_path(dict(alike)))]
        alternates = [
            {"lang_code": code, "location": settings.SITE_URL + other}
            for code, other in pairs
        ]
    location = settings.SITE_URL + path
    return {"location": location, "lastmod": lastmod, "alternates": alternates}
