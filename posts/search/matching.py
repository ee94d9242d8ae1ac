"""Finds the newest editions that match."""

from datetime import date

from django.db.models import QuerySet

from posts.models import Edition

from . import index
from .query import Query

# (id, date, language) of an edition.
Match = tuple[int, date, str]


def newest(
    editions: QuerySet[Edition],
    asked: Query,
    wanted: int,
    among: index.Ids | None = None,
) -> tuple[list[Match], bool]:
    """(the newest of the editions that match, at most `wanted`; whether these are all).
    among: the ids of all that count, where these are few."""
    ids, are_all = index.newest(asked, editions, wanted, among)
    rows = Edition.objects.filter(pk__in=ids).order_by("-pk")
    return list(rows.values_list("pk", "published_on", "language")), are_all
