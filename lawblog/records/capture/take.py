"""Taking a capture, and when one is due."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lawblog.keeping.locks import only_one
from lawblog.keeping.progress import Progress
from lawblog.keeping.tables import as_text
from lawblog.records.ledger import append
from lawblog.records.restoring import head

from . import ledger_lines, manifest, store
from .crawl import walk
from .hooks import change_checks
from .manifest import About, Manifest, Seen
from .reused_answers import ReusedAnswers
from .site_client import Answer

# Whoever changes several things does so within this time: one capture shows them all.
QUIET_FOR = timedelta(minutes=10)
# After a change a capture waits for this many times what the last one took: captures
# of a large site take at most an eleventh of the time.
PAUSE_FACTOR = 10
PENDING = ".pending"
CHANGED = "since something was changed"


class CaptureError(Exception):
    """Why there is no capture, in a sentence."""


def take(*, whole: bool = True) -> Manifest:
    """Keep the whole public site as it is now. CaptureError. whole: ask also for what
    hangs on a page that is as it was (reused_answers.py)."""
    with only_one("capture") as alone:
        if not alone:
            raise CaptureError("Another capture is being made.")
        finish_pending()
        return _take(whole)


def _take(whole: bool) -> Manifest:
    moment = timezone.now()
    names = store.names(until=moment)
    if store.name_of(moment) in names:
        raise CaptureError("A capture was made this very second.")
    last = _last()
    gone = _were_there(last) if last else []
    carried = ReusedAnswers(None if whole else last)
    seen = []
    with Progress("Addresses", None) as progress:
        for address, answer in walk(also=gone, asking=carried.ask):
            _refuse_without_home(address, answer)
            seen.append(carried.lines.get(address) or _keep(address, answer))
            progress(1)
    about: About = {
        "site": settings.SITE_URL,
        "at": as_text(moment),
        "addresses": len(seen),
        "previous": store.file_digest(names[-1]) if names else "",
        "ledger": {**head()},
    }
    return _finish(store.name_of(moment), manifest.as_bytes(about, seen))


def _last() -> Manifest | None:
    """The newest capture that can be read: one that is spoilt must not be the last."""
    for name in reversed(store.names()):
        with suppress(ValueError):
            return manifest.read(name)
    return None


def _refuse_without_home(address: str, answer: Answer) -> None:
    """A page that fails is kept as it failed; a site that fails is not kept."""
    if address == "/" and answer.status != 200:
        raise CaptureError(
            f"The site's front page was answered with {answer.status}. Nothing was "
            "kept."
        )


def _were_there(last: Manifest) -> list[str]:
    """Addresses that were answered when last seen, so that their end is seen, too."""
    found = []
    for seen in last.seen.values():
        url = urlsplit(seen["url"])
        if seen["status"] < 400:
            found.append(f"{url.path}?{url.query}" if url.query else url.path)
    return found


def _keep(address: str, answer: Answer) -> Seen:
    return {
        "url": settings.SITE_URL + address,
        "at": as_text(timezone.now()),
        "status": answer.status,
        "headers": answer.headers,
        "sha256": store.keep(answer.body),
        "bytes": len(answer.body),
    }


def _finish(name: str, data: bytes) -> Manifest:
    """The ledger's line first: with a manifest that it does not know nothing is proven.
    After a kill in between, finish_pending() does the rest."""
    pending = store.folder() / (name + PENDING)
    store.write(pending, data)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        append("capture", {"manifest": name, "sha256": digest}, by="capture")
    pending.rename(store.folder() / name)
    return manifest.read(name)


def finish_pending() -> None:
    for path in sorted(store.folder().glob(f"*{PENDING}")):
        _finish(path.name.removesuffix(PENDING), path.read_bytes())


def take_if_due() -> str | None:
    """For housekeeping; a sentence, or None if there is nothing to do."""
    if not (why := due()):
        return None
    return _told(take(whole=why != CHANGED), why)


def take_now() -> str:
    """For whoever asked for one; a sentence."""
    return _told(take(), "asked for at the desk")


def _told(taken: Manifest, why: str) -> str:
    failed = sum(seen["status"] >= 500 for seen in taken.seen.values())
    more = f" {failed:,} of them failed and are kept so." if failed else ""
    return f"{taken.name}: {taken.about['addresses']:,} addresses, {why}.{more}"


def due(now: datetime | None = None) -> str:
    """Why a capture is due, or ""."""
    now = now or timezone.now()
    names = store.names(until=now)
    if not names:
        return "the first"
    last = store.moment_of(names[-1])
    if _month(last) != _month(now):
        return "this month's"
    if last <= now < last + QUIET_FOR or not _changed(last, now):
        return ""
    return "" if last <= now < last + _pause() else CHANGED


def _pause() -> timedelta:
    """As a site grows, a capture takes longer, and there are fewer."""
    if not (found := _last()):
        return QUIET_FOR
    began, asked = found.about["at"], [seen["at"] for seen in found.seen.values()]
    # Moments as text, each of the same length, stand in the order of time.
    first, last = parse_datetime(began), parse_datetime(max([began, *asked]))
    return PAUSE_FACTOR * (last - first) if first and last else QUIET_FOR


def _changed(after: datetime, by: datetime) -> bool:
    checks = ledger_lines.changed, *change_checks
    return any(changed(after, by) for changed in checks)


def _month(moment: datetime) -> tuple[int, int]:
    local = timezone.localtime(moment)
    return local.year, local.month
