"""The page "What changed": an article's public editions, and how each differs from the
one before. The attorney can switch it off for the whole site (Firm.show_changes). What
was withdrawn, and not just replaced, is named without its words: whoever corrects what
must not be read any more withdraws it first, with a reason on record."""

from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lawblog.html.diff import Block, compare
from offices.public.context_processors import firm
from posts.models import Edition

from .article import at_address

# Comparing costs some milliseconds an edition.
EDITIONS_SHOWN = 20


@dataclass(frozen=True)
class Change:
    """An edition beside the public one before it (None for the first).

    fields: (label, before, after) of what changed outside the text; blocks: of the
    text, empty where it is the same. withdrawn_on: when the edition was, None if it
    was not; is_withheld: it or the one before was, or led to one that was, so that the
    words of neither are told.
    """

    edition: Edition
    before: Edition | None
    is_substantive: bool
    fields: list[tuple[str, str, str]]
    blocks: list[Block]
    withdrawn_on: datetime | None = None
    is_withheld: bool = False


def changes(request: HttpRequest, slug: str) -> HttpResponse:
    edition = at_address(slug)
    if not edition or not firm(request)["firm"].show_changes:
        raise Http404
    context = {"edition": edition, "changes": changes_of(edition)}
    return render(request, "posts/changes.html", context)


def changes_of(edition: Edition) -> list[Change]:
    """The newest EDITIONS_SHOWN public editions of the article, the newest first, as
    Changes."""
    public = Edition.objects.ever_public().filter(post=edition.post_id)
    editions = list(public.order_by("-live_from", "-number")[: EDITIONS_SHOWN + 1])
    befores = [*editions[1:], None]
    withdrawn = _withdrawn(edition.post_id, editions)
    withheld = _withheld(editions, withdrawn)
    # Of a long history, the last is there for comparing alone.
    return [
        _change(each, before, withdrawn, withheld)
        for each, before in zip(editions, befores, strict=True)
    ][:EDITIONS_SHOWN]


def _withdrawn(post: int, editions: list[Edition]) -> set[int]:
    """The numbers of those that ended while nothing took their place."""
    kept = Edition.objects.not_cancelled().filter(post=post)
    begins = set(kept.values_list("live_from", flat=True))
    now = timezone.now()
    ends = ((edition.pk, edition.live_until) for edition in editions)
    return {pk for pk, end in ends if end and end <= now and end not in begins}


def _withheld(editions: list[Edition], withdrawn: set[int]) -> set[int]:
    """The numbers of all up to the newest that was withdrawn: what it said, others may
    have said before it. editions: the newest first."""
    back = dropwhile(lambda edition: edition.pk not in withdrawn, editions)
    return {edition.pk for edition in back}


def _change(
    edition: Edition, before: Edition | None, withdrawn: set[int], withheld: set[int]
) -> Change:
    on = edition.live_until if edition.pk in withdrawn else None
    if before is None:
        return Change(edition, None, True, [], [], on)
    substantive = edition.modified_at != before.modified_at
    if before.pk in withheld and _differ(edition, before):
        return Change(edition, before, substantive, [], [], on, is_withheld=True)
    named = ((_("Title"), "title"), (_("Summary"), "summary"))
    fields = [
        (label, getattr(before, name), getattr(edition, name))
        for label, name in named
        if getattr(before, name) != getattr(edition, name)
    ]
    same = before.body == edition.body
    blocks = [] if same else compare(before.body, edition.body)
    return Change(edition, before, substantive, fields, blocks, on)


def _differ(edition: Edition, before: Edition) -> bool:
    names = ("title", "summary", "body")
    return any(getattr(before, name) != getattr(edition, name) for name in names)
