"""One-time links for choosing a password: invitations, and forgotten passwords."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lawblog.dates import full_stop, moment
from lawblog.notices.outbox import notify
from lawblog.records.acting import Who
from lawblog.records.ledger import append

from .account_changed import PASSWORD, tell
from .models import PasswordLink

LINK_LIFETIME = timedelta(hours=48)
SPENT_LINKS_KEPT = timedelta(days=30)  # so that it can say that it was used

LINK = "password link"


def invited(user: User) -> bool:
    """Have a link sent where mail is set up, within the transaction of the event;
    whether it is on its way. It is made when the mail is written."""
    return bool(user.email and notify(LINK, to=[user]))


class Spent(Exception):
    """A link that opens nothing; says why, and what to do."""


@transaction.atomic
def make(user: User, by: Who = None, *, beside: bool = False) -> str:
    """The secret of a new link for this account. On record. beside: earlier ones go on;
    else they end."""
    if not beside:
        end_all(user)
    secret, now = secrets.token_urlsafe(32), timezone.now()
    PasswordLink.objects.create(
        user=user, digest=digest(secret), made_at=now, ends_at=now + LINK_LIFETIME
    )
    append("password link made", {"account": user.pk}, by=by)
    return secret


def path(secret: str) -> str:
    return reverse("password-link", args=[secret])


def address(secret: str) -> str:
    return settings.SITE_URL + path(secret)


def find(secret: str, *, lock: bool = False) -> PasswordLink:
    """Raises Spent for a link that was used, has ended, or never was."""
    rows = PasswordLink.objects.select_related("user")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    link = rows.filter(digest=digest(secret)).first()
    if link is None:
        raise Spent(
            "This link is not complete, or a newer one took its place. Copy it again, "
            "whole; if that does not help, ask a colleague for a new one."
        )
    if link.used_at:
        raise Spent(
            f"This link was used ({moment(link.used_at)}), and it works once. If it "
            "was you, sign in. If not, tell a colleague at once."
        )
    if link.ends_at <= timezone.now():
        raise Spent(
            f"This link worked until {full_stop(moment(link.ends_at))} Ask a colleague "
            "for a new one."
        )
    if not link.user.is_active:
        raise Spent("This account was closed. Ask a colleague to open it again.")
    return link


def use(secret: str, password: str) -> User:
    """Sets the password; the link is spent, and with it whichever others there are. To
    be called within a transaction. Raises Spent, also to the second of two who press at
    once."""
    user: User = find(secret, lock=True).user
    # A mail may have brought one, and a colleague another: neither outlives its end.
    PasswordLink.objects.filter(user=user, used_at=None).update(used_at=timezone.now())
    if user.has_usable_password():  # else they were invited, and know
        tell(user, PASSWORD)
    user.set_password(password)
    user.save(update_fields=["password"])
    append("password link used", {"account": user.pk}, by=user)
    return user


def end_all(user: User) -> None:
    PasswordLink.objects.filter(user=user, used_at=None).delete()


def purge() -> str | None:
    """Drop those that nobody will ask about. A sentence, or None."""
    gone, _ = PasswordLink.objects.filter(
        ends_at__lt=timezone.now() - SPENT_LINKS_KEPT
    ).delete()
    return f"Old links removed: {gone}." if gone else None


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
