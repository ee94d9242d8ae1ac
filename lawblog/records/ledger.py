"""append(): the only function that writes a line of the ledger.

hash(line n) = SHA-256 of its UTF-8 bytes = `prev` of line n + 1; the first `prev` is 64
zeros. The lock is the last that a transaction takes: rows first, then the ledger.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.utils import timezone

from .acting import Actor, Who, actor_of
from .canonical import Facts, canonical, moment, parsed, plain
from .models import NONE_BEFORE, Entry
from .subjects import subject_labelled, subject_of

VERSION = 1
MAX_KIND_LENGTH = 40
DRAFT_BATCH = 500
# Any number that nothing else on this database locks: "record" in ASCII.
LOCK = 0x7265636F7264
_LAST = f"SELECT seq, hash FROM {Entry._meta.db_table} ORDER BY seq DESC LIMIT 1"  # noqa: S608


class LedgerError(Exception):
    """The line cannot be written; says why, in a sentence."""


@dataclass(frozen=True)
class Draft:
    """A line to be written: about the row `subject_id` of `subject`, or about no
    row."""

    kind: str
    facts: Facts
    by: Actor
    subject: str = ""
    subject_id: int | None = None
    what: tuple[str, ...] = ()
    note: str = ""
    at: datetime | None = None


def append(
    kind: str,
    facts: Facts,
    *,
    by: Who = None,
    about: Model | tuple[str, int] | None = None,
    what: Iterable[str] = (),
    note: str = "",
    at: datetime | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> Entry:
    """Write a line in the transaction that makes the change, and return its Entry.

    by: a user or a program's name; None: whoever is acting now. about: the row that it
    tells all the facts of (append_with_facts() fills them in), or (label, number).
    what: names of the facts that changed. note: a reason, in a person's words. at:
    None: now. Raises LedgerError outside a transaction, and for facts that no line can
    hold.
    """
    refuse_outside_transaction(using)
    label, number = _about(about)
    draft = Draft(kind, facts, actor_of(by), label, number, tuple(what), note, at)
    return write(draft, using)


def append_with_facts(
    kind: str,
    row: Model,
    *,
    by: Who = None,
    note: str = "",
    **changes: object,
) -> Entry:
    """append() with all facts of a registered row, updated by `changes`, which the row
    is about to get: append_with_facts("withdraw", edition, ends=timezone.now())."""
    changed = {name: plain(value) for name, value in changes.items()}
    facts = {**subject_of(row).all_facts(row), **changed}
    return append(kind, facts, by=by, about=row, what=changed, note=note)


def append_all(drafts: Iterable[Draft], using: str = DEFAULT_DB_ALIAS) -> int:
    """Write many lines in batches; how many."""
    refuse_outside_transaction(using)
    lock(using)
    newest, count, drafts = last(using), 0, iter(drafts)
    while some := list(islice(drafts, DRAFT_BATCH)):
        entries = []
        for draft in some:
            entries.append(compose(draft, newest))
            newest = (entries[-1].seq, entries[-1].hash)
        Entry.objects.using(using).bulk_create(entries)
        count += len(entries)
    return count


def write(draft: Draft, using: str) -> Entry:
    """As append(), for callers that know that a transaction is open."""
    lock(using)
    entry = compose(draft, last(using))
    entry.save(using=using, force_insert=True)
    return entry


def refuse_outside_transaction(using: str) -> None:
    if not connections[using].in_atomic_block:
        raise LedgerError(
            "A line belongs in the transaction of what it tells: call this within "
            "transaction.atomic()."
        )


def lock(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lock the ledger until this transaction ends. Not needed on SQLite, where only one
    transaction at a time may write (transaction_mode IMMEDIATE)."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def last(using: str = DEFAULT_DB_ALIAS) -> tuple[int, str]:
    """(number, hash) of the newest entry: the head, which is also stored elsewhere."""
    # As SQL: every line asks for it, and the ORM takes ten times as long.
    with connections[using].cursor() as cursor:
        cursor.execute(_LAST)
        return cursor.fetchone() or (0, NONE_BEFORE)


def compose(draft: Draft, newest: tuple[int, str]) -> Entry:
    """The unsaved Entry that comes after `newest`, (number, hash). Pure, but for the
    clock where the draft names no moment."""
    _refuse_incomplete(draft)
    line = {
        "v": VERSION,
        "seq": newest[0] + 1,
        "prev": newest[1],
        "at": moment(draft.at or timezone.now()),
        "kind": draft.kind,
        "by": {"id": draft.by.id, "name": draft.by.name},
        "subject": draft.subject,
        "id": draft.subject_id,
        "what": list(draft.what),
        "note": draft.note,
        "facts": draft.facts,
    }
    try:
        return entry_of(line, canonical(line))
    except ValueError as error:
        raise LedgerError(str(error)) from None


def _refuse_incomplete(draft: Draft) -> None:
    if not 0 < len(draft.kind) <= MAX_KIND_LENGTH:
        raise LedgerError(f"A line's kind has 1 to {MAX_KIND_LENGTH} characters.")
    subject = subject_labelled(draft.subject)
    if subject and subject.ends and "ends" not in draft.facts:
        raise LedgerError(
            f"A line about {draft.subject} says when it ends: use append_with_facts()."
        )


def entry_of(line: Facts, text: str) -> Entry:
    """The Entry of a line: every column follows from its text. Raises ValueError."""
    at = parsed(line["at"])
    if at is None:
        raise ValueError("A line of the record says when.")
    return Entry(
        seq=line["seq"],
        at=at,
        kind=line["kind"],
        subject=line["subject"],
        subject_id=line["id"],
        ends=parsed(line["facts"].get("ends")),
        line=text,
        prev=line["prev"],
        hash=digest(text),
    )


def digest(line: str) -> str:
    """SHA-256 (hex) of a line."""
    return hashlib.sha256(line.encode()).hexdigest()


def _about(row: Model | tuple[str, int] | None) -> tuple[str, int | None]:
    if row is None:
        return "", None
    if isinstance(row, tuple):
        return row
    try:
        return subject_of(row).label, row.pk
    except LookupError:
        return row._meta.label_lower, row.pk
