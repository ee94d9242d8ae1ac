"""Guides and cards, as readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, TextField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lawblog.pagecache.fragments import cached_fragment
from lawblog.site.deadlines import with_deadlines
from lawblog.site.page_language import current_language, use_language
from offices.public.views import download
from posts.models import Edition, Kind, Topic
from posts.reading.card_lines import lines

from .lists import ROW, annotate_topic_ids, attach_topics


def _of_kinds() -> dict[str, list[Edition]]:
    """{kind: its live editions in the page's language, by title}, as rows; a card has
    its `lines`. Looked up once, in one query, until something changes."""

    def look() -> dict[str, list[Edition]]:
        live = Edition.objects.live().in_language().filter(kind__in=Kind.values)
        rows = annotate_topic_ids(live.only(*ROW).with_beginning())
        # A guide's text may be long, and no list shows it.
        text = Case(
            When(kind=Kind.CARD, then="body"),
            default=Value(""),
            output_field=TextField(),
        )
        # What annotate() sets is also declared, as with with_beginning().
        rows = rows.annotate(card_text=text)  # type: ignore[no-redef]
        rows = rows.order_by("title", "pk")
        found: dict[str, list[Edition]] = {kind.value: [] for kind in Kind}
        for row in attach_topics(rows):
            row.lines = lines(row.card_text)
            found[row.kind or ""].append(row)
        return found

    return cached_fragment(f"kinds {current_language()}", look)


def live_guides() -> list[Edition]:
    """The live guides in the page's language, by title."""
    return _of_kinds()[Kind.GUIDE]


def live_cards() -> list[Edition]:
    """As live_guides(): the live cards, each with its `lines`."""
    return _of_kinds()[Kind.CARD]


def guides_under(topic: Topic) -> list[Edition]:
    return [guide for guide in live_guides() if topic in guide.topic_list]


def guides_by(author: int) -> list[Edition]:
    """Those of an attorney, by id."""
    return [guide for guide in live_guides() if guide.author_id == author]


def guide_list(request: HttpRequest) -> HttpResponse:
    return render(request, "posts/guides.html", {"guides": live_guides()})


def now(request: HttpRequest) -> HttpResponse:
    """All cards: what the link on every page leads to where there are several."""
    return render(request, "posts/now.html", {"cards": live_cards()})


@dataclass(frozen=True)
class Side:
    """A card in one language. lines: HTML; to_do, call: words in that language."""

    edition: Edition
    lines: list[str]
    to_do: str
    call: str


def sides(card: Edition, translations: Iterable[Edition]) -> list[Side]:
    """The card's own side, then that of each live translation that is a card, too: one
    of the two may have become an article, and its text would fill the card."""
    others = [t for t in translations if t.is_card and t.language != card.language]
    return [_side(edition) for edition in (card, *others)]


def _side(edition: Edition) -> Side:
    with use_language(edition.language):
        words = _("What to do right now"), _("Call")
        # Here, in the side's language and not the page's.
        told = list(map(with_deadlines, lines(edition.body)))
    return Side(edition, told, *words)


def as_file(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """A card as one small file, which a phone keeps and shows without a network."""
    page = render(request, "posts/card_file.html", context)
    edition = context["edition"]
    name = f"{edition.slug}.html" if isinstance(edition, Edition) else "card.html"
    return download(page.content.decode(), "text/html; charset=utf-8", name)
