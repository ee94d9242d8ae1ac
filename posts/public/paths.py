"""Whether a path of ours leads to something that readers can open.

Asked of links in an article before it is published, with its row locked: so the rows
are asked, and no page is rendered. tests/site/test_paths.py compares each answer with
what readers really get.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from lawblog.site.addresses import row_formerly_at
from lawblog.site.page_language import language_of, use_language
from lawblog.site.sitemaps import sections
from offices.models import Attorney, Firm, Office, Page
from posts.authorities import is_key
from posts.law.index import canonical
from posts.models import Edition

from .in_use import authors, series_in_use, topics_in_use
from .law import resting_on


def is_public(path: str) -> bool:
    """path: decoded, without query or fragment, like "/es/posts/asilo/"."""
    with use_language(language_of(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.view_name in ALWAYS:
            return True
        asks = BY_NAME.get(match.view_name)
        return asks is not None and asks(**match.kwargs)


def _is_or_was_at(rows: QuerySet[Any], slug: str) -> bool:
    return rows.filter(slug=slug).exists() or bool(row_formerly_at(rows, slug))


def _article(slug: str) -> bool:
    live = Edition.objects.live()
    former = Edition.objects.ever_public().filter(slug=slug).values("post")
    at_address = live.in_language().filter(slug=slug)
    return at_address.exists() or live.filter(post__in=former).exists()


def _live_article(slug: str) -> bool:
    return Edition.objects.live().in_language().filter(slug=slug).exists()


def _changes(slug: str) -> bool:
    return Firm.objects.the_firm().show_changes and _live_article(slug)


def _year(year: str) -> bool:
    live = Edition.objects.live().in_language()
    return live.filter(published_on__year=int(year)).exists()


def _topic(topic: str) -> bool:
    return _is_or_was_at(topics_in_use(), topic)


def _series(slug: str) -> bool:
    return _is_or_was_at(series_in_use(), slug)


def _attorney(slug: str) -> bool:
    return _is_or_was_at(Attorney.objects.all(), slug)


def _feed_of_attorney(attorney: str) -> bool:
    return _is_or_was_at(authors(), attorney)


def _law(key: str) -> bool:
    # A case's name leads on to its reporter.
    return is_key(key) and resting_on(canonical(key)).exists()


def _feed_of_law(key: str) -> bool:
    return is_key(key) and resting_on(key).exists()


def _office(slug: str) -> bool:
    return _is_or_was_at(Office.objects.all(), slug)


def _page_of_record(kind: str) -> bool:
    return Page.objects.filter(kind=kind).exists()


def _sitemap_section(kind: str, number: str) -> bool:
    return (kind, int(number)) in sections()


# Pages that are there whatever the tables hold.
ALWAYS = {
    *("home", "search", "glossary", "card", "sitemap", "robots", "llms", "favicon"),
    *("touch-icon", "healthz", "security", "posts:list", "offices:list"),
    *("feed", "feed-rss", "feed-json"),
}
BY_NAME: dict[str, Callable[..., bool]] = {
    "posts:detail": _article,
    "posts:card": _live_article,
    "posts:qr": _live_article,
    "posts:changes": _changes,
    "posts:year": _year,
    "posts:topic": _topic,
    "series": _series,
    "attorney": _attorney,
    "law": _law,
    "page": _page_of_record,
    "sitemap-section": _sitemap_section,
    "media": lambda name: default_storage.exists(name),
    **{f"offices:{name}": _office for name in ("detail", "vcard", "calendar", "qr")},
    **{f"feed-law{suffix}": _feed_of_law for suffix in ("", "-rss", "-json")},
    **{f"feed-topic{suffix}": _topic for suffix in ("", "-rss", "-json")},
    **{f"feed-attorney{suffix}": _feed_of_attorney for suffix in ("", "-rss", "-json")},
}
