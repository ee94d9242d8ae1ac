"""Full-text search of what is live. Nothing that a reader typed is kept or logged."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from lawblog.html.richtext import to_text
from lawblog.site.languages import current_language
from posts.models import Edition
from posts.public.lists import annotate_topic_ids, attach_topics
from posts.reading.notes import in_parentheses

from . import filters, index, query, snippets
from .matching import newest
from .suggest import suggestion

CANDIDATES = 1000
PER_PAGE = 10
FAVOUR = 1.5


class SearchFailed(Exception):
    """The database could not search; its own message would tell the reader's words."""


@dataclass
class Results:
    text: str  # what was searched for: at most query.LONGEST characters
    filters: filters.Filters
    is_query: bool = False  # there is at least one word to look for
    page: Page | None = None  # of edition ids
    editions: list = field(default_factory=list)  # with .marked_title and .snippet
    is_capped: bool = False  # older articles may match, too
    narrower: dict = field(default_factory=dict)  # filters.counts()
    suggestion: str | None = None

    @property
    def how_many(self):
        found = self.page.paginator.count
        if self.is_capped:
            words = ngettext(
                "%(found)s of the newest articles; there may be older ones.",
                "%(found)s of the newest articles; there may be older ones.",
                found,
            )
        else:
            words = ngettext("%(found)s article.", "%(found)s articles.", found)
        return words % {"found": found}

    def address(self):
        """The query and the filters as they were understood, for links."""
        kept = QueryDict(mutable=True)
        kept["q"] = self.text
        if self.filters.topic:
            kept["topic"] = self.filters.topic.slug
        for name in ("year", "language"):
            if value := getattr(self.filters, name):
                kept[name] = value
        return kept


def search(text, *, topic=None, year=None, language=None, page=1):
    """Results for what a reader typed, live at this second.

    Any str (or int) will do: unknown filters are left out, a page that is not there
    is the nearest. At most the newest CANDIDATES articles that match are counted and
    ranked, best first, since ranking all that hold a very common word is slow.
    Raises SearchFailed, without the words, when the database fails.
    """
    try:
        return _search(text, filters.read(topic, year, language), page)
    except DatabaseError as error:
        raise SearchFailed(type(error).__name__) from None


def _search(text, chosen, page):
    live = Edition.objects.live(timezone.now())
    results = Results(text[: query.LONGEST].replace("\x00", " "), chosen)
    asked = query.parse(results.text, chosen.language)
    if not asked.wanted:
        return results
    results.is_query = True
    most = CANDIDATES + 1
    rows, are_all = newest(chosen.apply(live), asked, most, chosen.ids())
    results.is_capped, rows = not are_all, rows[:CANDIDATES]
    if not rows:
        results.suggestion = suggestion(results.text, live)
        return results
    results.narrower = filters.counts(rows)
    results.page = Paginator(best_first(rows, asked), PER_PAGE).get_page(page)
    results.editions = shown(live, results.page.object_list, asked.stems())
    return results


def best_first(rows, asked):
    """Edition ids by rank; of two alike the later article first. What is in the page's
    language counts for more."""
    ranks = index.ranks(asked, [row[0] for row in rows])
    ours = current_language()

    def place(row):
        pk, day, language = row
        return ranks.get(pk, 0) * (FAVOUR if language == ours else 1), day, pk

    return [row[0] for row in sorted(rows, key=place, reverse=True)]


def shown(live, ids, stems):
    """The editions of one page, in order, with their hits marked."""
    editions = attach_topics(annotate_topic_ids(live.filter(pk__in=ids)))
    for edition in editions:
        hits = edition.language, stems
        edition.marked_title = snippets.marked(edition.title, *hits)
        text = in_parentheses(to_text(edition.body))
        edition.snippet = snippets.snippet(text, *hits)
        edition.snippet = edition.snippet or snippets.marked(edition.description, *hits)
    return sorted(editions, key=lambda edition: ids.index(edition.pk))


def post_ids(text, number):
    """Ids of the posts of the newest so many editions, live or not, that match: for the
    desk."""
    asked = query.parse(text)
    if not asked.wanted:
        return []
    ids, _ = index.newest(asked, Edition.objects.all(), number)
    return list(Edition.objects.filter(pk__in=ids).values_list("post", flat=True))
