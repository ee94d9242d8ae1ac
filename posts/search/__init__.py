"""Full-text search of what is live. Nothing that a reader typed is kept or logged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from lawblog.site.page_language import current_language
from posts.models import Edition
from posts.models.edition import EditionQuerySet
from posts.public.lists import annotate_topic_ids, attach_topics

from . import filters, index, query, snippets
from .approved_synonyms import synonyms
from .filters import Counts
from .suggest import suggestion

MAX_CANDIDATES = 1000
RESULTS_PER_PAGE = 10
LANGUAGE_BONUS = 1.5


class SearchFailed(Exception):
    """The database could not search; its own message would tell the reader's words."""


@dataclass
class Results:
    text: str  # what was searched for: at most query.MAX_QUERY_LENGTH characters
    filters: filters.Filters
    is_query: bool = False  # there is at least one word to look for
    page: Page[int] | None = None  # of edition ids
    editions: list[Edition] = field(default_factory=list)  # .marked_title, .snippet
    is_capped: bool = False  # older articles may match, too
    narrower: Counts | None = None
    suggestion: str | None = None
    # What nothing was found for, where this is what was found for `suggestion` instead.
    instead_of: str = ""
    # Other words for what was typed that were looked for, too, and the text without.
    also: list[str] = field(default_factory=list)
    alone: str = ""

    @property
    def how_many(self) -> str:
        found = self.page.paginator.count if self.page else 0
        if self.is_capped:
            words = ngettext(
                "%(found)s of the newest articles; there may be older ones.",
                "%(found)s of the newest articles; there may be older ones.",
                found,
            )
        else:
            words = ngettext("%(found)s article.", "%(found)s articles.", found)
        return words % {"found": found}

    def address(self) -> QueryDict:
        """The query and the filters as they were understood, for links."""
        kept = QueryDict(mutable=True)
        kept["q"] = self.text
        if self.filters.topic:
            kept["topic"] = self.filters.topic.slug
        for name in ("year", "language"):
            if value := getattr(self.filters, name):
                kept[name] = str(value)
        return kept


def search(
    text: str,
    *,
    topic: filters.Asked = None,
    year: filters.Asked = None,
    language: filters.Asked = None,
    page: str | int = 1,
) -> Results:
    """Results for what a reader typed, live at this second.

    Unknown filters are left out; for a page that does not exist, it is the nearest. At
    most the newest MAX_CANDIDATES articles that match are counted and ranked, best
    first, since ranking all that hold a very common word is slow. Raises SearchFailed,
    without the words, when the database fails.
    """
    try:
        chosen = filters.read(topic, year, language)
        shown = text[: query.MAX_QUERY_LENGTH].replace("\x00", " ")
        return _find(Results(shown, chosen), page)
    except DatabaseError as error:
        raise SearchFailed(type(error).__name__) from None


def _find(results: Results, page: str | int) -> Results:
    """Fill in what is found for the text and filters of the results."""
    live, chosen = Edition.objects.live(timezone.now()), results.filters
    asked = query.parse(
        results.text, chosen.language, synonyms(), reader=current_language()
    )
    if not asked.wanted:
        return results
    results.is_query = True
    results.also, results.alone = also_searched(results.text, asked)
    most = MAX_CANDIDATES + 1
    rows, are_all = index.newest_matches(asked, chosen.apply(live), most, chosen.ids())
    results.is_capped, rows = not are_all, rows[:MAX_CANDIDATES]
    if not rows:
        return _suggested(results, live, page)
    results.narrower = filters.counts(rows)
    results.page = Paginator(best_first(rows, asked), RESULTS_PER_PAGE).get_page(page)
    results.editions = with_snippets(live, list(results.page), asked.stems())
    return results


def _suggested(results: Results, live: EditionQuerySet, page: str | int) -> Results:
    """Where nothing was found: what is found for the nearest words, if that is
    anything."""
    if results.instead_of:
        return results
    results.suggestion = suggestion(results.text, live)
    if not results.suggestion:
        return results
    again = Results(results.suggestion, results.filters, instead_of=results.text)
    again.suggestion = results.suggestion
    found = _find(again, page)
    return found if found.editions else results


def also_searched(text: str, asked: query.Query) -> tuple[list[str], str]:
    """(the other words that were looked for, in the reader's language; the text with
    what has any in quotes, which asks for that alone)."""
    words = dict.fromkeys(word for one in asked.widened for word in one.told)
    alone, at = "", 0
    for one in asked.widened if words else ():
        alone += f'{text[at : one.start]}"{text[one.start : one.end]}"'
        at = one.end
    return list(words), alone + text[at:] if words else ""


def best_first(rows: Sequence[index.Match], asked: query.Query) -> list[int]:
    """Edition ids by rank; of two alike the later article first. What is in the page's
    language counts for more."""
    ranks = index.ranks(asked, [row[0] for row in rows])
    ours = current_language()

    def place(row: index.Match) -> tuple[float, date, int]:
        pk, day, language = row
        return ranks.get(pk, 0) * (LANGUAGE_BONUS if language == ours else 1), day, pk

    return [row[0] for row in sorted(rows, key=place, reverse=True)]


def with_snippets(
    live: EditionQuerySet, ids: Sequence[int], stems: set[str]
) -> list[Edition]:
    """The editions of one page, in order, with their hits marked."""
    editions = attach_topics(annotate_topic_ids(live.filter(pk__in=ids)))
    for edition in editions:
        hits = edition.language, stems
        edition.marked_title = snippets.marked(edition.title, *hits)
        edition.snippet = snippets.snippet(snippets.plain(edition.body), *hits)
        edition.snippet = edition.snippet or snippets.marked(edition.description, *hits)
    return sorted(editions, key=lambda edition: ids.index(edition.pk))


def post_ids(text: str, number: int) -> list[int]:
    """For the desk: the posts, by id, of the newest `number` editions that match, live
    or not."""
    asked = query.parse(text)
    if not asked.wanted:
        return []
    ids, _ = index.newest(asked, Edition.objects.all(), number)
    return list(Edition.objects.filter(pk__in=ids).values_list("post", flat=True))
