"""A notice as a plain-text mail. Its headers hold nothing that anybody typed, so that
no header can be injected."""

import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.urls import reverse

from .audience import is_told
from .kinds import Letter, kind_named
from .models import Notice

MAX_LINE_LENGTH = 120  # characters
TEXT = """\
{sentences}

{site}{path}

--
{why}
"""
CHOSEN = "You work at the desk of {host}. Choose what you are told of:\n{site}{choose}"
NOT_CHOSEN = "This was sent by the desk of {host}."


def message_of(notice: Notice) -> EmailMessage | None:
    """The mail, or None where it is no longer true, or wanted."""
    kind = kind_named(notice.kind)
    if kind is None or not is_told(notice.person, kind, notice.address):
        return None
    letter = kind.write(notice.person, notice.about)
    if letter is None:
        return None
    host = urlsplit(settings.SITE_URL).hostname or ""
    # The same Message-ID however often it is sent, so that mailboxes show it once.
    name = f"notice-{notice.pk}-{notice.created_at:%Y%m%d%H%M%S}"
    return EmailMessage(
        subject=f"{one_line(letter.subject)} ({host})",
        body=_text(letter, host, is_chosen=kind.is_chosen),
        to=[notice.address or notice.person.email],
        headers={
            "Message-ID": f"<{name}@{host}>",
            # So that no "out of office" reply comes back.
            "Auto-Submitted": "auto-generated",
        },
    )


def _text(letter: Letter, host: str, *, is_chosen: bool) -> str:
    named = {"host": host, "site": settings.SITE_URL, "choose": reverse("notices")}
    why = (CHOSEN if is_chosen else NOT_CHOSEN).format(**named)
    return TEXT.format(
        sentences=letter.sentences, path=letter.path, why=why, site=settings.SITE_URL
    )


def one_line(text: str) -> str:
    """The text, not too long, without line breaks and signs that cannot be seen."""
    plain = "".join(
        " " if unicodedata.category(sign)[0] == "C" else sign for sign in text
    )
    words = " ".join(plain.split())
    return words if len(words) <= MAX_LINE_LENGTH else f"{words[:MAX_LINE_LENGTH]}…"


def name_of(person: User) -> str:
    """A person's name as a mail can say it."""
    return one_line(person.get_full_name()) or f"Account {person.pk}"
