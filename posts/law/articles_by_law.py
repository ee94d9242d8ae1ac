"""The live articles that rest on an authority, the longest unchecked first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from posts.authorities import ancestors, kind_of
from posts.authorities.keys import KINDS
from posts.models import AuthorityCount, Edition, EditionAuthority
from posts.models.edition import EditionQuerySet

NAMES_SHOWN = 3


def resting_on(key: str) -> EditionQuerySet:
    """The live editions that name a key or something within it, the longest unchecked
    law first."""
    live = Edition.objects.live().filter(authorities__key=key)
    # As the index has them: sorted, all of a common form's would be read first.
    return live.order_by("authorities__law_as_of", "authorities__edition_id")


def citing_whole(key: str) -> EditionQuerySet:
    """The live editions that name a key above this one, as "INA 212" is above 212(h),
    and nothing within this one."""
    above = EditionAuthority.objects.filter(key__in=ancestors(key), is_named=True)
    within = EditionAuthority.objects.filter(key=key).values("edition")
    live = Edition.objects.live().filter(pk__in=above.values("edition"))
    return live.exclude(pk__in=within).order_by("law_as_of", "pk")


def named_in(editions: Iterable[Edition]) -> dict[int, list[str]]:
    """{edition's id: the keys that it names, in their order}."""
    rows = EditionAuthority.objects.filter(edition__in=editions, is_named=True)
    found: dict[int, list[str]] = {}
    for pk, key in rows.order_by("pk").values_list("edition", "key"):
        found.setdefault(pk, []).append(key)
    return found


class Used(NamedTuple):
    """An authority, how many live editions rest on it, and the NAMES_SHOWN of the
    oldest law: (title, post's id, language, law as of)."""

    key: str
    number: int
    oldest: list[tuple[str, int, str, date]]


def most_used(kind: str = "") -> list[tuple[str, int]]:
    """(key, number of live editions) of all authorities that live editions rest on, or
    of a kind, the most used first. Reads counts, no articles."""
    rows = AuthorityCount.objects.values("key").annotate(number=Sum("count"))
    numbers = Counter(dict(rows.values_list("key", "number")))
    _correct(numbers)
    wanted = (
        (key, number)
        for key, number in numbers.items()
        if number > 0 and (not kind or kind_of(key) == kind)
    )
    return sorted(wanted, key=lambda pair: (-pair[1], pair[0]))


def _correct(numbers: Counter[str]) -> None:
    """Counts are of editions without an end: of these some are still to come, and some
    that are live have an end. They are few."""
    now = timezone.now()
    rows = EditionAuthority.objects.values_list("key", "edition__live_until")
    # "Without an end" is not a condition here: most are, and SQLite would walk through
    # them all.
    coming = rows.filter(edition__live_from__gt=now)
    numbers.subtract(Counter(key for key, ends in coming if ends is None))
    ending = rows.filter(edition__live_from__lte=now, edition__live_until__gt=now)
    numbers.update(Counter(key for key, _ in ending))


def with_oldest(pairs: Sequence[tuple[str, int]]) -> list[Used]:
    """Each (key, number) with the articles that need a look first. One query."""
    if not pairs:
        return []
    each = [_oldest(key) for key, _ in pairs]
    rows = each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]
    found: dict[str, list[tuple[str, int, str, date]]] = {}
    for key, *row in rows:
        found.setdefault(key, []).append((row[0], row[1], row[2], row[3]))
    return [
        Used(key, number, sorted(found.get(key, []), key=lambda row: row[3]))
        for key, number in pairs
    ]


def _oldest(key: str) -> QuerySet[EditionAuthority, Any]:
    # Not a join, which SQLite may begin with all that is live.
    live = Edition.objects.live().filter(pk=OuterRef("edition"))
    rows = EditionAuthority.objects.filter(Exists(live), key=key)
    first = rows.order_by("law_as_of", "edition_id").values("pk")[:NAMES_SHOWN]
    shown = "key", "edition__title", "edition__post", "edition__language", "law_as_of"
    return EditionAuthority.objects.filter(pk__in=first).order_by().values_list(*shown)


def kinds() -> list[str]:
    return list(dict.fromkeys(KINDS.values()))
