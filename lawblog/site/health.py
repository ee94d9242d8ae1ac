"""Health checks, for load balancers, supervisors and monitoring."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import caches
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lawblog.database import migrated
from lawblog.keeping import housekeeping
from lawblog.models import SiteVersion
from lawblog.pagecache import not_kept
from lawblog.pagecache.outage import DatabaseAway
from lawblog.pagecache.snapshot import snapshots
from lawblog.serving import startup

# For how many seconds an answer of /readyz is reused, since anybody may ask for it.
ANSWER_SECONDS = 5
HOUSEKEEPING_LATE_AFTER = timedelta(days=1)


@not_kept
def alive(request: HttpRequest) -> HttpResponse:
    """Whether readers can be served, if only from the page cache: 200 or 503. A load
    balancer that dropped a machine for less would turn a database outage into a total
    one.
    """
    try:
        snapshots.current()
        status, words = 200, "ok"
    except DatabaseAway:
        status, words = 503, "not ok"
    if (seconds := snapshots.outage.seconds()) is not None:
        words += f": the database has been away for {seconds} seconds"
    return plain(status, words)


@not_kept
def ready(request: HttpRequest) -> HttpResponse:
    """Whether everything is as it should be: 200 or 503, with a line for each check.
    Paths and names are only in the log."""
    found: tuple[int, str] | None = caches["local"].get("ready")
    if found is None:
        found = look()
        caches["local"].set("ready", found, ANSWER_SECONDS)
    return plain(*found)


def plain(status: int, text: str) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain")
    # It is looked at every few seconds: what is amiss is in the log already.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def look() -> tuple[int, str]:
    found = {name: fault() for name, fault in FAULTS.items()}
    lines = [f"{name}: {words or 'ok'}\n" for name, words in found.items()]
    return 503 if any(found.values()) else 200, "".join(lines)


def asked(question: Callable[[], str | None]) -> Callable[[], str | None]:
    """For what only the database knows."""

    def answer() -> str | None:
        try:
            return "away" if snapshots.outage.since is not None else question()
        except Error:
            return "away"

    return answer


@asked
def of_database() -> str | None:
    SiteVersion.objects.current()
    return None


@asked
def of_migrations() -> str | None:
    return "not as this version needs it" if migrated.migration_fault() else None


@asked
def of_housekeeping() -> str | None:
    last = housekeeping.last_run()
    if last is None:
        return "has not run yet"
    hours = (timezone.now() - last) // timedelta(hours=1)
    return (
        f"last ran {hours} hours ago"
        if timezone.now() - last > HOUSEKEEPING_LATE_AFTER
        else None
    )


def of_media() -> str | None:
    return "cannot be written" if startup.fault_of_media() else None


def of_disk() -> str | None:
    return "nearly full" if startup.fault_of_disk() else None


FAULTS = {
    "database": of_database,
    "migrations": of_migrations,
    "media": of_media,
    "disk": of_disk,
    "housekeeping": of_housekeeping,
}
