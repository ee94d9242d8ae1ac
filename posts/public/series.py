"""A series' page, and an article's place in it. Only live articles count, so that
neither a number nor a gap gives a draft away."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from lawblog.site.page_language import paths_in_all_languages
from posts.models import Edition, Series


@dataclass(frozen=True)
class Place:
    """number counts from 1; previous and next are editions or None."""

    series: Series
    number: int
    total: int
    previous: Edition | None
    next: Edition | None


def place_in_series(edition: Edition) -> Place | None:
    """The Place of an edition among the live ones of its series and language; None
    without a series. A draft is placed as if it were live."""
    if not edition.series:
        return None
    others = Edition.objects.live().in_language(edition.language)
    others = others.filter(series=edition.series).exclude(post=edition.post_id)
    parts = [*others.defer("body"), edition]
    parts.sort(key=in_order)
    at = parts.index(edition)
    around = [None, *parts, None]
    return Place(edition.series, at + 1, len(parts), around[at], around[at + 2])


def in_order(edition: Edition) -> tuple[int, date, int]:
    return edition.part or 0, edition.published_on, edition.pk or 0


def series(request: HttpRequest, slug: str) -> HttpResponse:
    live = Edition.objects.live().filter(series__slug=slug)
    rows = live.in_language().select_related("series").defer("body")
    parts = sorted(rows, key=in_order)
    if not parts:
        raise Http404
    languages = set(live.values_list("language", flat=True))
    paths = paths_in_all_languages(request.path).items()
    context = {
        "series": parts[0].series,
        "parts": parts,
        "how_many": ngettext(
            "%(total)s article, to be read in this order.",
            "%(total)s articles, to be read in this order.",
            len(parts),
        )
        % {"total": len(parts)},
        "alternates": {code: path for code, path in paths if code in languages},
    }
    return render(request, "posts/series.html", context)
