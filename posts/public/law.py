"""The law as readers meet it: at an article's foot, and a page and a feed of what we
say about each authority."""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lawblog.site.page_language import current_language, path_to
from posts.authorities import is_key, kind_of, label_of
from posts.authorities.names import act_name, name_of
from posts.authorities.official_sources import source
from posts.law import affected
from posts.law.articles_by_law import kinds
from posts.law.index import canonical_key
from posts.models import AuthorityCount, Edition, EditionAuthority
from posts.models.edition import EditionQuerySet
from posts.models.law_change import ChangedLaw

from .guides_and_cards import live_cards, live_guides
from .lists import attach_topics, listed

ARTICLES_SHOWN = 50
MIN_ARTICLES, MAX_LISTED = 2, 2000
_NUMBERS = re.compile(r"(\d+)")


class Authority(NamedTuple):
    """An authority as a page in the current language names it. act: "INA 287(g)" or
    None; source: the address of the official text, or None."""

    key: str
    name: str
    act: str | None
    source: str | None

    def __str__(self) -> str:
        return f"{self.name} ({self.act})" if self.act else self.name

    @property
    def slug(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return path_to(current_language(), "law", self.key)

    @property
    def query(self) -> str:
        """The search for it, as the end of an address."""
        return "?" + urlencode({"q": label_of(self.key)})


def authority(key: str) -> Authority:
    """Raises ValueError for what is not a key."""
    return _authority(key, current_language())


@lru_cache(maxsize=4096)
def _authority(key: str, language: str) -> Authority:
    return Authority(key, name_of(key, language), act_name(key), source(key, language))


def is_law(key: str) -> bool:
    return kind_of(key) in ("statute", "regulation")


def in_one_line(notice: ChangedLaw) -> str:
    """The notice that readers see of a change, as plain text."""
    words = _(
        "The law changed on %(day)s: %(authority)s. %(sentence)s We have not reviewed "
        "this page for that change yet."
    )
    day = date_format(notice.day, _("F j, Y"))
    told = {"day": day, "authority": authority(notice.key)}
    return words % {**told, "sentence": notice.local.sentence}


def cited(keys: list[str]) -> list[Authority]:
    """What an article rests on, statutes first, each kind in its order."""
    return [authority(key) for key in sorted(keys, key=_order)]


@lru_cache(maxsize=4096)
def _order(key: str) -> tuple[int, list[tuple[int, str]]]:
    parts = [part for part in _NUMBERS.split(key) if part]
    levels = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
    return kinds().index(kind_of(key)), levels


def is_rested_on(key: str, language: str | None = None) -> bool:
    """Whether a live edition in a language (that of the page) names a key or something
    within it."""
    # Not a join, which a database may begin with all that is live.
    live = Edition.objects.live().filter(pk=OuterRef("edition"))
    rows = EditionAuthority.objects.filter(
        Exists(live), key=key, language=language or current_language()
    )
    return rows.exists()


def articles_on(key: str) -> EditionQuerySet:
    """The live articles in the page's language that do, the newest first, as rows."""
    language = current_language()
    # By the row of the authority, whose index both narrows down and orders.
    rows = listed(language=language).filter(
        authorities__key=key, authorities__language=language
    )
    return rows.order_by("-authorities__published_on", "-authorities__edition_id")


def guides_and_cards_on(key: str) -> list[Edition]:
    """Those that have no date to be listed by, as rows: guides first, by title."""
    every = [*live_guides(), *live_cards()]
    rows = EditionAuthority.objects.filter(key=key, edition__in=every)
    resting = set(rows.values_list("edition", flat=True)) if every else set()
    return [edition for edition in every if edition.pk in resting]


def named_by(key: str) -> Authority:
    """The Authority of an address. Raises Http404 for what no live article in the
    page's language rests on."""
    if not is_key(key) or not is_rested_on(key):
        raise Http404
    return authority(key)


def listed_law() -> list[str]:
    """The keys on which several articles in the page's language rest, as far as a
    sitemap names them: a page with one link says nothing that the article does not."""
    language = current_language()
    live = EditionAuthority.objects.filter(
        key=OuterRef("key"), language=language, edition__in=Edition.objects.live()
    )
    counted = AuthorityCount.objects.filter(language=language, count__gte=MIN_ARTICLES)
    rows = counted.filter(Exists(live)).order_by("-count", "key")
    return sorted(rows.values_list("key", flat=True)[:MAX_LISTED])


def law(request: HttpRequest, key: str) -> HttpResponse:
    if is_key(key) and canonical_key(key) != key:
        return redirect("law", canonical_key(key), permanent=True)
    found = named_by(key)
    rows: list[Edition] = list(articles_on(key)[: ARTICLES_SHOWN + 1])
    context: dict[str, Any] = {
        "authority": found,
        "evergreen": guides_and_cards_on(key),
        "editions": attach_topics(rows[:ARTICLES_SHOWN]),
        "has_more": len(rows) > ARTICLES_SHOWN,
        "notices": [
            notice for notice in affected.notices_in_force() if notice.covers(key)
        ],
        "alternates": alternates(key),
    }
    return render(request, "posts/law.html", context)


def alternates(key: str) -> dict[str, str]:
    """{language: path} of an authority's page where it is not empty."""
    return {
        code: path_to(code, "law", key)
        for code in dict(settings.LANGUAGES)
        if is_rested_on(key, code)
    }
