"""Verifies the record: guards, chain, and each row against the newest line about it."""

from collections.abc import Iterator, Mapping

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.utils import timezone

from . import triggers
from .chain import Chain, Finding
from .comparing import Pair, pairs
from .ledger import lock
from .models import Verification
from .subjects import Subject, subjects

FINDINGS_SHOWN = 100


def verify(
    using: str = DEFAULT_DB_ALIAS, heads: Mapping[int, str] | None = None
) -> Iterator[Finding]:
    """Findings, the chain's first in the order of its entries. Reads all of it, some
    thousand rows at a time, and locks nothing but for what seems wrong.

    heads: {number: hash} kept elsewhere; the last check's own is looked at anyway.
    """
    chain = Chain(using, {**last_head(using), **(heads or {})})
    return findings(chain)


def findings(chain: Chain) -> Iterator[Finding]:
    yield from chain.findings()
    for name in triggers.missing(chain.using):
        sentence = f"The guard {name} is missing. Run “manage.py migrate”."
        yield Finding(None, sentence)
    for subject in subjects():
        yield from rows_beside_lines(subject, chain.using)


def last_head(using: str) -> dict[int, str]:
    """{number: hash} of the newest entry when the record was last found intact."""
    found = Verification.objects.using(using).filter(problems=0, entries__gt=0)
    return dict(found.values_list("entries", "head"))


def rows_beside_lines(subject: Subject, using: str) -> Iterator[Finding]:
    samples = 0
    for pair in pairs(subject, using):
        if wrong_with(subject, pair):
            yield from _once_more(subject, pair.pk, using)
        samples += (
            pair.row is not None and pair.line is None and is_sample(subject, pair.row)
        )
    if samples:
        # Not a fault, but not to be overlooked: such a mark excuses from having a line.
        sentence = f"{samples:,} of {subject.label} are samples without an entry."
        yield Finding(None, sentence, remark=True)


def is_sample(subject: Subject, row: Model) -> bool:
    return bool(subject.erasable and getattr(row, subject.erasable))


def _once_more(subject: Subject, pk: int, using: str) -> Iterator[Finding]:
    """Row and line were read one after the other, and something may have been published
    in between. While nobody writes a line they belong together."""
    with transaction.atomic(using):
        lock(using)
        found = [
            (wrong_with(subject, pair), pair) for pair in pairs(subject, using, [pk])
        ]
    for sentence, pair in found:
        if sentence:
            seq = pair.line.get("seq") if pair.line else None
            yield Finding(seq, f"{subject.label} {pk} {sentence}")


def wrong_with(subject: Subject, pair: Pair) -> str:
    """What is wrong with a row beside its line, as the end of a sentence, or ""."""
    row, line = pair.row, pair.line
    if row and (sentence := subject.proof(row)):
        return sentence
    if not line:
        sample = row is None or is_sample(subject, row)
        return "" if sample else "has no entry: nobody let it through."
    if not row:
        erased = subject.erasable and line["facts"].get(subject.erasable) is True
        return "" if erased else f"is gone, and entry {line.get('seq')} tells of it."
    if names := pair.differing(subject):
        return f"is not what entry {line.get('seq')} says: {', '.join(names)}."
    return ""


def check(
    using: str = DEFAULT_DB_ALIAS, heads: Mapping[int, str] | None = None
) -> tuple[Verification, list[Finding]]:
    """Verify, and keep the result for the desk. With it the first hundred findings."""
    chain = Chain(using, {**last_head(using), **(heads or {})})
    first, problems = "", 0
    shown: list[Finding] = []
    for finding in findings(chain):
        if len(shown) < FINDINGS_SHOWN:
            shown.append(finding)
        if not finding.remark:
            first = first or finding.sentence
            problems += 1
    result, _ = Verification.objects.using(using).update_or_create(
        pk=1,
        defaults={
            "at": timezone.now(),
            "entries": chain.entries,
            "head": chain.head,
            "problems": problems,
            "first_problem": first,
        },
    )
    return result, shown
