"""Sends what is in the outbox. Nobody waits for the mail server, and nothing is lost: a
notice leaves the outbox once the server has taken it, or after GIVE_UP."""

import logging
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils import timezone

from lawblog.time_limit import TookTooLong, within

from .email_backend import EmailBackend
from .letters import message_of
from .models import DROPPED, SENT, MailTrial, Notice

logger = logging.getLogger(__name__)
NOTICE_BATCH = 100
# Seconds to connect. EMAIL_TIMEOUT limits each single wait only.
CONNECT_SECONDS = 30
# Seconds to hand over a mail: less than the pause before the next attempt.
DELIVER_SECONDS = 200
UNANSWERED = "The mail server broke off, or did not answer in time."


@dataclass
class Result:
    sent: int = 0
    failed: int = 0

    def __str__(self) -> str:
        words = f"{self.sent} sent" if self.sent else ""
        if self.failed:
            words += f"{', ' if words else ''}{self.failed} could not be sent yet"
        return f"Mail: {words}." if words else ""


class CannotSend(Exception):
    """Why, in a sentence. is_away: the server can take no other mail either."""

    def __init__(self, sentence: str, *, is_away: bool) -> None:
        super().__init__(sentence)
        self.is_away = is_away


def send_due() -> Result:
    """Send what is due; one server that does not answer is tried once."""
    result = Result()
    due = Notice.objects.due(timezone.now()).select_related("person")
    for notice in due[:NOTICE_BATCH]:
        if notice.take(timezone.now()) and not _send(notice, result):
            break
    return result


def _send(notice: Notice, result: Result) -> bool:
    """Whether the next may be tried with this server."""
    try:
        message = message_of(notice)
        if message is None:
            notice.end(DROPPED, timezone.now())
            return True
        deliver(message)
    except CannotSend as error:
        notice.fail(str(error), timezone.now())
        result.failed += 1
        return not error.is_away
    except Exception as error:  # of one kind of notice: the others go on
        # Not the message, which may name an address.
        logger.error("A notice (%s) failed: %s", notice, type(error).__name__)
        notice.fail("It could not be written.", timezone.now())
        result.failed += 1
        return True
    notice.trouble = ""
    notice.end(SENT, timezone.now())
    _remember_that_it_works()
    result.sent += 1
    return True


def deliver(message: EmailMessage) -> None:
    """Hand one mail to the server, over a connection of its own: some take no second
    one, and the result of one mail never depends on another. Raises CannotSend."""
    (address,) = message.to
    try:
        validate_email(address)
    except ValidationError:
        raise CannotSend("The person's mail address is wrong.", is_away=False) from None
    line = get_connection()
    try:
        within(CONNECT_SECONDS, line.open)
        within(DELIVER_SECONDS, lambda: line.send_messages([message]))
    except (smtplib.SMTPException, OSError, TookTooLong) as error:
        if isinstance(error, TookTooLong) and isinstance(line, EmailBackend):
            line.cut()
        raise _explained(error) from None
    finally:
        with suppress(Exception):  # whether it says goodbye or not
            within(CONNECT_SECONDS, line.close)


def _explained(error: Exception) -> CannotSend:
    is_for_now = isinstance(error, FOR_NOW) and 400 <= _code(error) < 500
    for kinds, sentence, is_away in EXPLAINED:
        if isinstance(error, kinds) and not is_for_now:
            return CannotSend(sentence, is_away=is_away)
    # Those of smtplib are OSErrors too.
    if not isinstance(error, smtplib.SMTPException):
        return CannotSend("The mail server cannot be reached.", is_away=True)
    code = _code(error)
    if code == 0:
        return CannotSend("The mail server refused it.", is_away=False)
    later = 400 <= code < 500
    words = "does not take it yet" if later else "refused it"
    # 421: the server closes the connection, and takes nothing for now.
    return CannotSend(f"The mail server {words} ({code}).", is_away=code == 421)


def _code(error: smtplib.SMTPException) -> int:
    """The server's number; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), 0)
    return getattr(error, "smtp_code", 0)


# A code from 400 on says that the same mail may be accepted later.
FOR_NOW = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused)
# The first match counts: a sentence, and whether other mails would fail, too.
EXPLAINED: list[tuple[tuple[type[Exception], ...], str, bool]] = [
    (
        (smtplib.SMTPAuthenticationError,),
        "The mail server does not accept the user and password of EMAIL_URL.",
        True,
    ),
    (
        (smtplib.SMTPRecipientsRefused,),
        "The mail server does not accept the person's mail address.",
        False,
    ),
    (
        (smtplib.SMTPSenderRefused,),
        "The mail server does not accept mail from EMAIL_FROM.",
        True,
    ),
    (
        (smtplib.SMTPNotSupportedError,),
        "The mail server cannot do what EMAIL_URL asks of it. Try smtp+ssl://.",
        True,
    ),
    # Also what smtplib makes of an answer that does not come.
    ((smtplib.SMTPServerDisconnected,), UNANSWERED, True),
    ((smtplib.SMTPConnectError,), "The mail server takes no mail now.", True),
    ((ssl.SSLError,), "The line to the mail server could not be encrypted.", True),
    ((TimeoutError, TookTooLong), UNANSWERED, True),
]


def _remember_that_it_works() -> None:
    seen = {"sent_at": timezone.now(), "server": settings.EMAIL_HOST}
    MailTrial.objects.update_or_create(pk=1, defaults=seen)
