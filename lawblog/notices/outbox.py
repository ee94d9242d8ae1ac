"""notify(): the only way to write to people at the desk."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from lawblog.records.acting import current

from . import sending_thread
from .audience import at_the_desk, is_told
from .kinds import Kind, registered_kind
from .models import Notice


def notify(
    kind: str,
    *,
    about: Model | str = "",
    to: Iterable[User] | None = None,
    once_in: timedelta | None = None,
    address: str = "",
) -> int:
    """Write notices into the outbox, in the transaction of their event; how many. They
    are sent once it is committed; without EMAIL_URL none is written. about: a row or a
    name, which the kind's `write` is given as text. to: None: all whom the kind is for,
    but whoever is acting now. once_in: nobody is told twice of the same thing within
    it. address: where it goes, if not to the address of the one person in `to`. Raises
    LookupError for an unknown kind."""
    found = registered_kind(kind)
    if not settings.MAIL_IS_ON:
        return 0
    text, now = str(about.pk) if isinstance(about, Model) else about, timezone.now()
    each = {"kind": kind, "about": text, "address": address}
    people = _audience(found, text, to, once_in)
    told = (person for person in people if is_told(person, found, address))
    written = [Notice(person=u, created_at=now, next_try=now, **each) for u in told]
    Notice.objects.bulk_create(written)
    if written:
        transaction.on_commit(sending_thread.nudge, robust=True)
    return len(written)


def _audience(
    kind: Kind, about: str, to: Iterable[User] | None, once_in: timedelta | None
) -> Iterator[User]:
    people = at_the_desk().exclude(pk=current().id or 0) if to is None else to
    for person in people:
        if not _was_told(person, kind.name, about, once_in):
            yield person


def _was_told(person: User, kind: str, about: str, within: timedelta | None) -> bool:
    if within is None:
        return False
    told = Notice.objects.filter(person=person, kind=kind, about=about)
    return told.filter(created_at__gt=timezone.now() - within).exists()
