"""What captures read in the ledger."""

import json
from collections.abc import Iterator
from datetime import datetime

from lawblog.records.models import Entry

LINE_BATCH = 2000


def changed(after: datetime, by: datetime) -> bool:
    """Whether there are lines about what readers see: not about accounts, nor about
    captures and other things that are not rows."""
    lines = Entry.objects.filter(at__gt=after, at__lte=by).exclude(subject="")
    return bool(lines.exclude(subject__startswith="auth.").exists())


def lines() -> Iterator[str]:
    """All of them, from the first."""
    found = Entry.objects.order_by("seq").values_list("line", flat=True)
    yield from found.iterator(chunk_size=LINE_BATCH)


def digests() -> dict[str, str]:
    """{manifest: SHA-256} of the captures that were not pruned."""
    found: dict[str, str] = {}
    entries = Entry.objects.filter(kind__in=("capture", "prune")).order_by("seq")
    for line in entries.values_list("line", flat=True):
        entry = json.loads(line)
        facts = entry["facts"]
        if entry["kind"] == "capture":
            found[facts["manifest"]] = facts["sha256"]
        for name in facts.get("manifests", ()):
            found.pop(name, None)
    return found
