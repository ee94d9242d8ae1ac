"""Compares each row of a registered table with the newest line about it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Model, QuerySet

from .acting import Actor
from .canonical import Facts, canonical
from .ledger import Draft
from .models import Entry
from .subjects import Subject

WINDOW = 1000  # rows read at a time
REMOVED = "removed"


@dataclass(frozen=True)
class Pair:
    """A row, or None where it is gone, and the newest line about it, or None."""

    pk: int
    row: Model | None
    line: Facts | None

    def differing(self, subject: Subject) -> tuple[str, ...]:
        """Names of the facts that differ between the row and the line."""
        before = self.line["facts"] if self.line else {}
        after = subject.told(self.row) if self.row else {}
        names = sorted({*before, *after})
        # As text: in Python True equals 1.
        return tuple(
            name
            for name in names
            if (name in before) != (name in after)
            or canonical({"": before[name]}) != canonical({"": after[name]})
        )


def pairs(subject: Subject, using: str, only: int | None = None) -> Iterator[Pair]:
    """Every row and every line without a row, in the order of their numbers, or those
    of one number. As much memory as WINDOW rows take, however many there are."""
    rows = subject.rows().using(using).order_by("pk")
    told = Entry.objects.using(using).filter(subject=subject.label)
    if only is not None:
        row = rows.filter(pk=only).first()
        lines = _newest(told.filter(subject_id=only))
        yield from _side_by_side([row] if row else [], lines)
        return
    after = None
    while True:
        some = list((rows if after is None else rows.filter(pk__gt=after))[:WINDOW])
        window = told if after is None else told.filter(subject_id__gt=after)
        if len(some) == WINDOW:
            window = window.filter(subject_id__lte=some[-1].pk)
        yield from _side_by_side(some, _newest(window))
        if len(some) < WINDOW:
            return
        after = some[-1].pk


def _newest(told: QuerySet) -> Iterator[tuple[int, Facts]]:
    """(number of the row, newest line about it), but for rows that were removed."""
    newest = told.order_by().values("subject_id").annotate(newest=Max("seq"))
    entries = told.model.objects.using(told.db).filter(seq__in=newest.values("newest"))
    entries = entries.exclude(kind=REMOVED).order_by("subject_id")
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
    using: str,
    by: Actor,
    changed_secrets: dict[int, tuple[str, ...]] | None = None,
) -> list[Draft]:
    """The lines that are missing: of rows that were added, changed and removed."""
    drafts, changed_secrets = [], changed_secrets or {}
    for pair in pairs(subject, using):
        what = (*pair.differing(subject), *changed_secrets.get(pair.pk, ()))
        if pair.row and pair.line and not what:
            continue
        kind = "changed" if pair.row and pair.line else "added" if pair.row else REMOVED
        facts = subject.told(pair.row) if pair.row else {}
        what = what if kind == "changed" else ()
        drafts.append(Draft(kind, facts, by, subject.label, pair.pk, what))
    return drafts
