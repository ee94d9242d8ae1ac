"""Captures are kept three years from the last day on which what they show was seen."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lawblog.keeping.locks import only_one
from lawblog.records.ledger import append

from . import manifest, store
from .take import finish_pending

YEARS_KEPT = 3


class PruneError(Exception):
    """Why nothing was removed, in a sentence."""


@dataclass(frozen=True)
class Pruned:
    manifests: list[str]
    payloads: int

    def __str__(self) -> str:
        count = len(self.manifests)
        return (
            f"{count:,} capture{'s' * (count != 1)} and {self.payloads:,} "
            f"payload{'s' * (self.payloads != 1)} removed"
        )


def three_years_before(now: datetime) -> datetime:
    try:
        return now.replace(year=now.year - YEARS_KEPT)
    except ValueError:  # 29 February
        return now.replace(year=now.year - YEARS_KEPT, day=28)


def old(now: datetime | None = None) -> list[str]:
    """Manifests that may go. What one shows was to be seen until the next was made, so
    that it is old when that one is."""
    names, limit = store.names(), three_years_before(now or timezone.now())
    return [
        name
        for name, following in zip(names, names[1:], strict=False)
        if store.moment_of(following) < limit
    ]


def prune(by: str) -> Pruned:
    """Remove what is old. by: the attorney who decided it, for the record. PruneError
    when nothing is old enough, when a manifest that stays cannot be read, or while a
    capture is being made: it names its payloads when it is done."""
    with only_one("capture") as alone:
        if not alone:
            raise PruneError(
                "A capture is being made. Try again in some minutes. Nothing was "
                "removed."
            )
        finish_pending()
        return _prune(by)


def _prune(by: str) -> Pruned:
    if not (names := old()):
        raise PruneError(
            f"Nothing is older than {YEARS_KEPT} years, counted from the last day on "
            "which it was seen. Nothing was removed."
        )
    staying = set(store.names()) - set(names)
    try:
        named = {s["sha256"] for n in staying for s in manifest.read(n).seen.values()}
    except ValueError as error:
        raise PruneError(f"{error} Nothing was removed.") from error
    facts = {"manifests": names, "newest": store.file_digest(names[-1])}
    with transaction.atomic():
        append("prune", facts, by=by)
    for name in names:
        (store.folder() / name).unlink()
    # After the manifests: one without its payloads would be of no use.
    gone = [digest for digest in store.payloads() if digest not in named]
    for digest in gone:
        (store.folder() / store.payload_name(digest)).unlink()
    return Pruned(names, len(gone))
