"""The housekeeping jobs of notices."""

from datetime import timedelta

from django.utils import timezone

from lawblog.keeping import hooks, housekeeping
from lawblog.keeping.housekeeping import MAIL

from .desk_notices import LEDGER
from .models import Notice
from .outbox import notify
from .sending import send_due

DAY = timedelta(days=1)
# For how long the desk can tell what became of a notice.
NOTICES_KEPT = 30 * DAY
HEAD = "ledger head"


def register_all() -> None:
    # What waits or was sent is this installation's: a restore sends nothing again.
    hooks.register_emptied("notices.notice")
    housekeeping.register_job(HEAD, ledger_head, every=timedelta(0))
    housekeeping.register_job("old notices", prune, every=DAY)
    # The last of all, so that what the others tell of is sent in the same run.
    housekeeping.register_job(MAIL, send, every=timedelta(0))


def send() -> str | None:
    return str(send_due()) or None


def prune() -> str | None:
    old = Notice.objects.filter(ended_at__lt=timezone.now() - NOTICES_KEPT)
    count, _ = old.delete()
    return f"{count:,} old notices removed." if count else None


def ledger_head() -> None:
    """Once after each month."""
    now, last = timezone.localtime(), housekeeping.last_success(HEAD)
    if last and f"{timezone.localtime(last):%Y-%m}" != f"{now:%Y-%m}":
        notify(LEDGER, about=f"{now:%Y-%m}", once_in=NOTICES_KEPT)
