"""Compares each row of a registered table with the newest line about it."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from .acting import Actor
from .canonical import Facts, as_json
from .ledger import Draft
from .models import Entry
from .subjects import Subject

WINDOW = 1000  # rows read at a time
REMOVED = "removed"
_LINES = Entry._meta.db_table
# As SQL, since every write of a table on record asks it: the ORM takes three times as
# long to say it as a database to answer.
_IS_NEWEST = (
    f"seq = (SELECT MAX(e.seq) FROM {_LINES} e WHERE e.subject = {_LINES}.subject"  # noqa: S608
    f" AND e.subject_id = {_LINES}.subject_id)"
)


@dataclass(frozen=True)
class Pair:
    """A row, or None where it is gone, and the newest line about it, or None."""

    pk: int
    row: Model | None
    line: Facts | None

    def differing(self, subject: Subject) -> tuple[str, ...]:
        """Names of the facts that differ between the row and the line, if both are
        there."""
        if self.row is None or self.line is None:
            return ()
        before, after = self.line["facts"], subject.all_facts(self.row)
        # As text: in Python True equals 1.
        if as_json(before) == as_json(after):
            return ()
        names = sorted({*before, *after})
        return tuple(
            name
            for name in names
            if (name in before) != (name in after)
            or as_json(before[name]) != as_json(after[name])
        )


def pairs(
    subject: Subject, using: str, only: Collection[int] | None = None
) -> Iterator[Pair]:
    """Every row and every line without a row, in the order of their numbers, or those
    of a few numbers. As much memory as WINDOW rows take, however many there are."""
    rows = subject.rows().using(using).order_by("pk")
    entries = Entry.objects.using(using).filter(subject=subject.label)
    if only is not None:
        lines = _newest(entries.filter(subject_id__in=only))
        yield from _side_by_side(list(rows.filter(pk__in=only)), lines)
        return
    after = None
    while True:
        some = list((rows if after is None else rows.filter(pk__gt=after))[:WINDOW])
        window = entries if after is None else entries.filter(subject_id__gt=after)
        if len(some) == WINDOW:
            window = window.filter(subject_id__lte=some[-1].pk)
        yield from _side_by_side(some, _newest(window))
        if len(some) < WINDOW:
            return
        after = some[-1].pk


def rows_without_line(subject: Subject, using: str) -> Iterator[Pair]:
    """The rows that have no line, or had their last when they were removed. The
    database finds them by its index: nothing is read of the others."""
    entries = Entry.objects.using(using).filter(subject=subject.label)
    kinds = entries.filter(subject_id=OuterRef("pk")).order_by("-seq").values("kind")
    newest = Coalesce(Subquery(kinds[:1]), Value(REMOVED))
    rows = subject.rows().using(using).alias(newest=newest).filter(newest=REMOVED)
    return (Pair(row.pk, row, None) for row in rows.order_by("pk"))


def _newest(entries: QuerySet) -> Iterator[tuple[int, Facts]]:
    """(number of the row, newest line about it), but for rows that were removed."""
    entries = entries.exclude(kind=REMOVED).extra(where=[_IS_NEWEST])  # noqa: S610
    entries = entries.order_by("subject_id")
    for pk, line in entries.values_list("subject_id", "line").iterator(WINDOW):
        yield pk, read(line)


def read(line: str) -> Facts:
    """The line as a dict; a line that was spoilt counts as one that says nothing: that
    it does not hold is said where the chain is read."""
    try:
        found = json.loads(line)
        return {**found, "facts": dict(found["facts"])}
    except (ValueError, KeyError, TypeError):
        return {"facts": {}}


def _side_by_side(
    rows: list[Model], lines: Iterator[tuple[int, Facts]]
) -> Iterator[Pair]:
    waiting = {row.pk: row for row in rows}
    for pk, line in lines:
        yield Pair(pk, waiting.pop(pk, None), line)
    for pk, row in waiting.items():
        yield Pair(pk, row, None)


def unrecorded(
    subject: Subject,
    among: Iterable[Pair],
    by: Actor,
    changed_secrets: dict[int, tuple[str, ...]] | None = None,
) -> list[Draft]:
    """The lines that are missing: of rows that were added, changed and removed."""
    drafts, changed_secrets = [], changed_secrets or {}
    for pair in among:
        what = (*pair.differing(subject), *changed_secrets.get(pair.pk, ()))
        if pair.row and pair.line and not what:
            continue
        kind = "changed" if pair.row and pair.line else "added" if pair.row else REMOVED
        facts = subject.all_facts(pair.row) if pair.row else {}
        what = what if kind == "changed" else ()
        drafts.append(Draft(kind, facts, by, subject.label, pair.pk, what))
    return drafts
