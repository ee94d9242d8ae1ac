"""What the record knew at a given time: the basis of "the whole site as it was"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max

from .acting import Actor
from .canonical import Facts
from .comparing import REMOVED, read
from .models import Entry


@dataclass(frozen=True)
class RecordedRow:
    """What the newest line said of a row, and who was behind it."""

    seq: int
    at: datetime
    kind: str
    subject: str
    subject_id: int
    facts: Facts
    by: Actor
    note: str


def facts_as_of(
    at: datetime, *labels: str, using: str = DEFAULT_DB_ALIAS
) -> Iterator[RecordedRow]:
    """For each row on record that was there at that moment (of the labels, or of all),
    the newest line about it, in the order of labels and numbers.

    Where a clock was set back the order of the ledger decides: of the lines dated by
    then, the one with the highest number.
    """
    entries = Entry.objects.using(using).filter(at__lte=at, subject_id__isnull=False)
    if labels:
        entries = entries.filter(subject__in=labels)
    by_row = entries.order_by().values("subject", "subject_id")
    newest = by_row.annotate(newest=Max("seq")).values("newest")
    found = Entry.objects.using(using).filter(seq__in=newest).exclude(kind=REMOVED)
    for entry in found.order_by("subject", "subject_id").iterator(1000):
        yield _recorded_row(entry)


def _recorded_row(entry: Entry) -> RecordedRow:
    line = read(entry.line)
    by = line.get("by") or {}
    return RecordedRow(
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        subject=entry.subject,
        subject_id=entry.subject_id or 0,
        facts=line["facts"],
        by=Actor(by.get("id"), by.get("name", "")),
        note=line.get("note", ""),
    )
