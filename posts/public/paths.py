"""Whether a path is public, and which page it leads to.

Asked of links in an article before it is published, with its row locked, and of every
address that no page answers: so the rows are asked, and no page is rendered.
tests/site/test_paths.py compares each answer with what readers really get.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import QuerySet
from django.urls import Resolver404, resolve, reverse

from lawblog.database.compiled_queries import compiled_query
from lawblog.site.former_addresses import row_formerly_at
from lawblog.site.page_language import language_of, path_to, use_language
from lawblog.site.sitemaps import sections
from offices.models import Attorney, Firm, Office, Page
from posts.authorities import is_key
from posts.law.index import canonical_key
from posts.models import Edition
from posts.models.edition import EditionQuerySet

from .in_use import authors, series_in_use, topics_in_use
from .law import is_rested_on
from .lists import LANGUAGE, NOW, now_and_language

_LINK = ("slug", "language", "cover", "kind")


def is_public(path: str) -> bool:
    """path: decoded, without query or fragment, like "/es/posts/asilo/"."""
    return _page_at(path) is not None


def leads_to(path: str) -> str | None:
    """The path of the page that readers come to: the same; one that moved; or one that
    has other capitals, or a slash more or less at its end. None: there is none."""
    if not path.startswith("/"):
        return None
    bare = path.rstrip("/")
    spellings = path, f"{bare}/", bare or "/"
    for spelled in dict.fromkeys((*spellings, *map(str.lower, spellings))):
        if found := _page_at(spelled):
            return found
    return None


def _page_at(path: str) -> str | None:
    with use_language(language_of(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        name, asked = match.view_name, match.kwargs
        if name in ALWAYS:
            return path
        if name in OF_ARTICLES:
            return _article_page(name, **asked)
        if name in OF_ROWS:
            return _row_page(name, OF_ROWS[name](), **asked)
        return path if name in IF and IF[name](**asked) else None


@compiled_query(Edition, now=NOW, language=LANGUAGE, address=models.CharField())
def _now_at(now: Any, language: Any, address: Any) -> EditionQuerySet:
    live = Edition.objects.live(now).in_language(language)
    return live.at_small_letters(address).only(*_LINK)


@compiled_query(Edition, now=NOW, address=models.CharField())
def _formerly_at(now: Any, address: Any) -> EditionQuerySet:
    former = Edition.objects.ever_public(now).at_small_letters(address).values("post")
    return Edition.objects.live(now).filter(post__in=former).only(*_LINK)


def _article_page(name: str, slug: str) -> str | None:
    """The page of the article that is at an address now; else of one that was."""
    asked, address = now_and_language(), slug.lower()
    here = _now_at(address=address, **asked)
    # A slug that is spelled like this goes first, then the newer one.
    found = max(here, key=lambda e: (e.slug == slug, e.pk), default=None)
    if found is None:
        found = next(iter(_formerly_at(address=address, now=asked["now"])), None)
    if found is None or not _has(found, name):
        return None
    return path_to(found.language, name, found.slug)


def _has(found: Edition, name: str) -> bool:
    """Whether an article has a page of this name."""
    if name == "posts:changes":
        return Firm.objects.the_firm().show_changes
    if name == "posts:cover":
        return bool(found.cover)
    return found.is_card if name == "posts:offline" else True


def _row_page(name: str, rows: QuerySet[Any], **asked: str) -> str | None:
    """asked: the one argument of the address, a slug."""
    ((argument, slug),) = asked.items()
    here = rows.filter(slug__iexact=slug)
    row = max(here, key=lambda row: row.slug == slug, default=None)
    row = row or row_formerly_at(rows, slug)
    return reverse(name, kwargs={argument: row.slug}) if row else None


def _year(year: str) -> bool:
    live = Edition.objects.live().in_language().filter(kind=None)
    return live.filter(published_on__year=int(year)).exists()


def _law(key: str) -> bool:
    # A case's name leads on to its reporter.
    return is_key(key) and is_rested_on(canonical_key(key))


def _feed_of_law(key: str) -> bool:
    return is_key(key) and is_rested_on(key)


def _page_of_record(kind: str) -> bool:
    return Page.objects.filter(kind=kind).exists()


def _sitemap_section(kind: str, number: str) -> bool:
    return (kind, int(number)) in sections()


# Pages that are there whatever the tables hold.
ALWAYS = {
    *("home", "search", "glossary", "card", "sitemap", "robots", "llms", "favicon"),
    *("touch-icon", "healthz", "security", "posts:list", "offices:list"),
    *("feed", "feed-rss", "feed-json", "guides", "now"),
}
OF_ARTICLES = {
    f"posts:{page}" for page in ("detail", "card", "cover", "offline", "qr", "changes")
}
# Whose pages they are, by what stands in the address.
OF_ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "posts:topic": topics_in_use,
    "series": series_in_use,
    "attorney": Attorney.objects.all,
    **{
        f"offices:{page}": Office.objects.all
        for page in ("detail", "vcard", "vcard-4", "calendar", "qr")
    },
    **{f"feed-topic{suffix}": topics_in_use for suffix in ("", "-rss", "-json")},
    **{f"feed-attorney{suffix}": authors for suffix in ("", "-rss", "-json")},
}
# Whether the page is there.
IF: dict[str, Callable[..., bool]] = {
    "posts:year": _year,
    "law": _law,
    "page": _page_of_record,
    "sitemap-section": _sitemap_section,
    "media": lambda name: default_storage.exists(name),
    **{f"feed-law{suffix}": _feed_of_law for suffix in ("", "-rss", "-json")},
}
KNOWN = ALWAYS | OF_ARTICLES | OF_ROWS.keys() | IF.keys()
