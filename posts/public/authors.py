"""An attorney's page, with all their articles."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from offices.models import Attorney
from posts.models import Edition

from .guides_and_cards import guides_by
from .lists import attach_topics, listed

ARTICLES_PER_PAGE = 10


@dataclass(frozen=True)
class ArticlePage:
    """Page `number` of a list that is not counted: an attorney may have written a
    hundred thousand articles."""

    number: int
    editions: list[Edition]
    has_next: bool


def attorney(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(Attorney, slug=slug)
    part = articles_of(person, request.GET.get("page", "1"))
    path = request.path + (f"?page={part.number}" if part.number > 1 else "")
    context = {
        "attorney": person,
        "part": part,
        "editions": part.editions,
        "guides": guides_by(person.pk) if part.number == 1 else [],
        "canonical": path,
    }
    return render(request, "posts/attorney.html", context)


def articles_of(person: Attorney, page: str) -> ArticlePage:
    """A page of somebody's live articles; Http404 for one that there is not."""
    if not page.isascii() or not page.isdecimal() or not 0 < len(page) < 6:
        raise Http404
    number = int(page)
    start = (number - 1) * ARTICLES_PER_PAGE
    if start < 0:
        raise Http404
    # One more than is shown tells whether there is a next page.
    rows = listed().filter(author=person)[start : start + ARTICLES_PER_PAGE + 1]
    editions = attach_topics(rows)
    if number > 1 and not editions:
        raise Http404
    return ArticlePage(
        number, editions[:ARTICLES_PER_PAGE], len(editions) > ARTICLES_PER_PAGE
    )
