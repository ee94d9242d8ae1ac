from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView

from lawblog.pagecache import not_kept
from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.page_language import (
    current_language,
    localized_path,
    paths_in_all_languages,
    use_language,
)
from offices.public.context_processors import firm
from posts.law.affected import attach_notices
from posts.models import Edition, Topic
from posts.old_addresses.other_blogs import asks_for_article
from posts.search import search

from .article import article_context, at_address_or_404
from .guides_and_cards import guides_under, live_cards, live_guides
from .in_use import topics_in_use
from .lists import newest, newest_under
from .live_counts import LiveCounts, Months
from .llms import llms
from .not_found import redirect_from
from .pagination import MonthPaginator, Rows

# Articles, and guides, on the home page; articles in llms.txt, in each language.
HOME_PAGE_ARTICLES, LLMS_TXT_ARTICLES = 6, 50


def all_topics() -> list[Topic]:
    return cached_fragment(
        f"topics {current_language()}", lambda: list(topics_in_use())
    )


def home(request: HttpRequest) -> HttpResponse:
    if request.GET and (moved := redirect_from(request)):
        return moved
    if asks_for_article(request.GET):
        raise Http404
    context = {
        "editions": newest(slice(0, HOME_PAGE_ARTICLES)),
        "all_topics": all_topics(),
        "guides": live_guides()[:HOME_PAGE_ARTICLES],
    }
    return render(request, "posts/home.html", context)


@not_kept
def search_page(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("topic", "year", "language")}
    page = request.GET.get("page", 1)
    results = search(request.GET.get("q", ""), page=page, **asked)
    context = {"results": results, "q": results.text, "all_topics": all_topics()}
    context["query"] = results.address()
    response = render(request, "posts/search.html", context)
    # What a reader looked for is kept nowhere, not even in this browser.
    response["Cache-Control"] = "no-store"
    return response


class PostList(ListView):
    paginate_by = 10
    template_name = "posts/post_list.html"
    context_object_name = "editions"
    is_narrowed = False

    @property
    def title(self) -> str:
        return _("Articles")

    @cached_property
    def topic(self) -> Topic | None:
        return None

    def get_queryset(self) -> Rows:  # type: ignore[override]  # what its paginator takes
        return newest

    def get_paginator(self, *args: Any, **kwargs: Any) -> MonthPaginator:
        months = self.months(current_language())
        return MonthPaginator(*args, months=months, **kwargs)

    @cached_property
    def live(self) -> LiveCounts:
        under = self.topic.pk if self.topic else None
        return cached_fragment(f"counts {under}", lambda: LiveCounts(self.topic))

    def months(self, code: str) -> Months:
        return self.live.months(code, self.topic.pk if self.topic else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = {month.year for month, _ in self.live.months(current_language())}
        return super().get_context_data(
            title=self.title,
            alternates=self.alternates(),
            canonical=self.canonical(),
            all_topics=all_topics(),
            guides=guides_under(self.topic) if self.topic else [],
            years=[
                (y, localized_path("posts:year", y))
                for y in sorted(years, reverse=True)
            ],
            **kwargs,
        )

    def canonical(self) -> str:
        """The path of this page of the list; the first page has no number in it."""
        number = self.request.GET.get(self.page_kwarg, "1")
        return self.request.path + ("" if number == "1" else f"?page={number}")

    def alternates(self) -> dict[str, str]:
        """{language: path} of this list where it is not empty."""
        paths = paths_in_all_languages(self.request.path)
        if not self.is_narrowed:
            return paths
        return {code: path for code, path in paths.items() if self.holds(code)}

    def holds(self, code: str) -> bool:
        """Whether this list has anything in a language."""
        return bool(self.months(code))


class TopicList(PostList):
    is_narrowed = True

    @cached_property
    def topic(self) -> Topic:
        return get_object_or_404(topics_in_use(), slug=self.kwargs["topic"])

    def get_queryset(self) -> Rows:  # type: ignore[override]  # what its paginator takes
        return partial(newest_under, self.topic)

    def holds(self, code: str) -> bool:
        with use_language(code):
            return bool(self.months(code) or guides_under(self.topic))

    @property
    def title(self) -> str:
        return str(self.topic)


class YearList(PostList):
    allow_empty, is_narrowed = False, True

    def get_queryset(self) -> Rows:  # type: ignore[override]  # what its paginator takes
        return partial(newest, since=date(int(self.kwargs["year"]), 1, 1))

    def months(self, code: str) -> Months:
        every, year = super().months(code), int(self.kwargs["year"])
        return [(month, number) for month, number in every if month.year == year]

    @property
    def title(self) -> str:
        return _("Articles of %(year)s") % {"year": self.kwargs["year"]}


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    edition = at_address_or_404(slug)
    return render(request, "posts/post_detail.html", article_context(edition))


def llms_txt(request: HttpRequest) -> HttpResponse:
    record = firm(request)
    editions: list[Edition] = []
    for code in dict(settings.LANGUAGES):
        with use_language(code):
            editions += [
                *live_cards(),
                *live_guides(),
                *newest(slice(0, LLMS_TXT_ARTICLES)),
            ]
    attach_notices(editions)
    text = llms(record["firm"], record["offices"], editions)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
