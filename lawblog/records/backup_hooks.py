"""What the record registers with backups and captures."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from lawblog.keeping import hooks
from lawblog.keeping.hooks import Head

from . import triggers
from .capture import hooks as capture
from .ledger import append, last
from .models import Entry
from .verify import verify
from .watching import unwatched
from .without_guards import check_deferred_constraints

LINE_BATCH = 2000


def register_record() -> None:
    hooks.register_ledger_head(head)
    hooks.register_guard(replaced)
    hooks.register_check(problems)
    capture.register_recorder(record)
    capture.register_change_check(changed)
    capture.hooks.lines.append(lines)
    capture.hooks.digests.append(digests)


def head() -> Head:
    seq, digest = last()
    return {"seq": seq, "head": digest}


@contextmanager
def replaced(using: str) -> Iterator[None]:
    """Within, a restore brings rows together with their lines. It leaves no line of its
    own: the ledger afterwards is the archive's, which the archive's head proves."""
    with unwatched():
        check_deferred_constraints(using)
        triggers.remove(using)
        yield
        check_deferred_constraints(using)
        triggers.install(using)


def problems() -> Iterator[str]:
    """What a check of the record finds wrong in the default database."""
    return (found.sentence for found in verify() if not found.remark)


def record(kind: str, facts: dict, by: str) -> None:
    append(kind, facts, by=by)


def changed(after: datetime, by: datetime) -> bool:
    """Whether there are lines about what readers see: not about accounts, nor about
    captures and other things that are no row."""
    lines = Entry.objects.filter(at__gt=after, at__lte=by).exclude(subject="")
    return bool(lines.exclude(subject__startswith="auth.").exists())


def lines() -> Iterator[str]:
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
