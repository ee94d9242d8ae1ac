"""The page "What changed": an article's public editions, and how each differs from the
one before. The attorney can switch it off for the whole site (Firm.show_changes)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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
    text, empty where it is the same.
    """

    edition: Edition
    before: Edition | None
    is_substantive: bool
    fields: list[tuple[str, str, str]]
    blocks: list[Block]


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
    # Of a long history, the last is there for comparing alone.
    return [
        _change(each, before) for each, before in zip(editions, befores, strict=True)
    ][:EDITIONS_SHOWN]


def _change(edition: Edition, before: Edition | None) -> Change:
    if before is None:
        return Change(edition, None, True, [], [])
    named = ((_("Title"), "title"), (_("Summary"), "summary"))
    fields = [
        (label, getattr(before, name), getattr(edition, name))
        for label, name in named
        if getattr(before, name) != getattr(edition, name)
    ]
    same = before.body == edition.body
    blocks = [] if same else compare(before.body, edition.body)
    substantive = edition.modified_at != before.modified_at
    return Change(edition, before, substantive, fields, blocks)
