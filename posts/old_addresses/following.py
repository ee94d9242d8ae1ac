"""Where an old address leads now: in one redirect, however often the page moved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lawblog.pagecache.fragments import cached_fragment
from posts.models import Edition, OldAddress
from posts.public.paths import leads_to

from .other_blogs import asked_for
from .spelling import keys_of, tidied

# A table without loops has none longer.
MAX_REDIRECTS = 50


@dataclass(frozen=True)
class Destination:
    """path: of the page that is read there; "" where it is gone for good. row: of the
    table, if it is in there."""

    path: str
    row: OldAddress | None = None


# (path, query) → the row of the table that is meant, or None.
Find = Callable[[str, str], OldAddress | None]
# Of an article that readers do not see yet: it answers as if it were not in the table.
Waits = Literal["waits"]


def find_row(path: str, query: str = "") -> OldAddress | None:
    """The row of the table that is meant. One query; none while the table is empty."""
    keys = keys_of(path, query)
    if not keys or not cached_fragment("old addresses", OldAddress.objects.exists):
        return None
    rows = OldAddress.objects.filter(key__in=keys).select_related("post")
    return best_row(list(rows), keys, f"{path}?{query}" if query else path)


def best_row(rows: list[OldAddress], keys: list[str], asked: str) -> OldAddress | None:
    """Of the rows with one of these keys the one that is meant: that with most of what
    was asked for; of several, the one that is spelled like it."""
    return min(
        rows, key=lambda row: (keys.index(row.key), row.address != asked), default=None
    )


def follow(
    path: str, query: str = "", find: Find = find_row
) -> Destination | Waits | None:
    """Where readers come who ask for an address; of a page of ours, to itself. path:
    decoded; query: as sent; find: looks the table up.

    The table goes before what the site knows by itself: its own pages in other letters
    or at former addresses, and addresses of a shape that programs for blogs make.
    """
    spellings = dict.fromkeys((path, tidied(path)))
    waits: Waits | None = None
    for asked in spellings:
        if row := find(asked, query):
            found = destination_of(row, find)
            # A query asks for that article alone, and for no page of its path.
            if found != "waits" or "?" in row.address:
                return found
            waits = found
    for ours in (*spellings, *asked_for(tidied(path))):
        if there := leads_to(ours):
            return Destination(there)
    return waits


def destination_of(
    row: OldAddress, find: Find = find_row
) -> Destination | Waits | None:
    """Where a row leads now, however many rows are between."""
    end = row
    for _ in range(MAX_REDIRECTS):
        if end.gone:
            return Destination("", row)
        if end.post_id:
            return _to_article(end.post_id, row)
        path, _, query = end.target.partition("?")
        if there := leads_to(path):
            return Destination(there + (f"?{query}" if query else ""), row)
        after = find(path, query)
        if after is None:
            return None
        end = after
    return None


def _to_article(post: int, row: OldAddress) -> Destination | Waits:
    editions = Edition.objects.filter(post=post)
    if live := editions.live().first():
        return Destination(live.get_absolute_url(), row)
    return Destination("", row) if editions.ever_public().exists() else "waits"
