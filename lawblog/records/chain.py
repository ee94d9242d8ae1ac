"""Verifies the ledger alone: each line matches its hash and follows the one before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .ledger import digest, entry_of
from .models import NONE_BEFORE, Entry

LINE_BATCH = 2000  # lines read at a time


@dataclass(frozen=True)
class Finding:
    """A sentence about the entry `seq`, or (None) about none. A remark is no fault."""

    seq: int | None
    sentence: str
    remark: bool = False


class Chain:
    """Reads every entry once. After findings() has ended: how many there were
    (`entries`), the number of the last one (`seq`) and its hash (`head`)."""

    def __init__(self, using: str, heads: Mapping[int, str]) -> None:
        """heads: {number: hash} that were written down elsewhere."""
        self.using, self.heads = using, heads
        self.entries, self.seq, self.head = 0, 0, NONE_BEFORE
        self.at: datetime | None = None

    def findings(self) -> Iterator[Finding]:
        while some := self._next():
            for entry in some:
                yield from self._look_at(entry)
                # From here on each is measured by the one before, as it now stands.
                self.entries += 1
                self.seq, self.head, self.at = entry.seq, entry.hash, entry.at
        for seq in sorted(self.heads):
            if seq > self.seq:
                yield Finding(seq, f"Entry {seq} is gone: it was there once.")

    def _next(self) -> list[Entry]:
        entries = Entry.objects.using(self.using).order_by("seq")
        # Below zero too: a line put before the first is no less wrong.
        return list(
            (entries.filter(seq__gt=self.seq) if self.entries else entries)[:LINE_BATCH]
        )

    def _look_at(self, entry: Entry) -> Iterator[Finding]:
        seq, before = entry.seq, self.seq
        if seq != before + 1:
            yield Finding(seq, f"Entry {seq} stands where entry {before + 1} belongs.")
        elif entry.prev != self.head:
            yield Finding(
                seq,
                f"Entry {seq} does not follow from the one before it: one of the two "
                "was changed, or put in by hand.",
            )
        if sentence := _spoilt(entry):
            yield Finding(seq, f"Entry {seq} {sentence}")
        if self.heads.get(seq, entry.hash) != entry.hash:
            yield Finding(
                seq,
                f"Entry {seq} has another hash than was written down elsewhere: the "
                "ledger was rewritten.",
            )
        if self.at and entry.at < self.at:
            sentence = f"Entry {seq} is dated before entry {before}: a clock was set."
            yield Finding(seq, sentence, remark=True)


def _spoilt(entry: Entry) -> str:
    """What is wrong with an entry by itself, or ""."""
    if digest(entry.line) != entry.hash:
        return "was changed after it was written."
    try:
        same = entry_of(json.loads(entry.line), entry.line)
    except (ValueError, KeyError, TypeError, AttributeError):
        return "is no line of the ledger."
    for field in Entry._meta.concrete_fields:
        if getattr(entry, field.attname) != getattr(same, field.attname):
            return f"says something else than its column {field.column}."
    return ""
