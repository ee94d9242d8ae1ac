"""What the desk says about mail."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import MailTrial, Notice

# For how long the desk shows mails that were given up.
FAILURES_SHOWN_FOR = timedelta(days=14)


def mail_trouble() -> str:
    """A sentence on mail that does not go out, or ""."""
    if not settings.MAIL_IS_ON:
        return ""
    waiting = Notice.objects.waiting().exclude(trouble="").order_by("-next_try")
    given_up = Notice.objects.given_up(timezone.now() - FAILURES_SHOWN_FOR)
    if newest := waiting.first():
        return f"{_so_many(waiting.count())} could not be sent yet. {newest.trouble}"
    if last := given_up.order_by("-ended_at").first():
        count = _so_many(given_up.count())
        return f"{count} could not be sent in three days. {last.trouble}"
    return ""


def _so_many(count: int) -> str:
    return "1 notice" if count == 1 else f"{count:,} notices"


def is_mail_declined() -> bool:
    """Whether the owner said that the firm goes without mail."""
    return MailTrial.objects.exclude(declined_at=None).exists()


def is_mail_settled() -> bool:
    """For the launch: whether mail was seen to go out by the server that is named; or,
    without one, whether the owner said that the firm goes without."""
    if settings.MAIL_IS_ON:
        return MailTrial.objects.filter(server=settings.EMAIL_HOST).exists()
    return is_mail_declined()
