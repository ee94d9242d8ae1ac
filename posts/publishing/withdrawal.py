"""Withdrawing what readers see, and cancelling what is scheduled."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lawblog.records.ledger import append_with_facts, lock
from posts.models import Edition, Post

from . import counts
from .changed_meanwhile import refuse_if_changed
from .language_versions import same_version
from .permissions import require_attorney

TOO_LATE = "This time has passed. Choose a later one, or “now”."


@transaction.atomic
def withdraw(
    post: Post,
    *,
    by: User | None,
    at: datetime | None = None,
    reason: str = "",
    seen: str | None = None,
) -> bool:
    """Take the article off the site at `at` (aware; None: now), with all that is
    scheduled after it. Returns whether there was anything to withdraw.

    reason: kept in the record. seen: standing() of what `by` saw. Raises
    PermissionDenied, or ValidationError with a sentence.
    """
    require_attorney(by)
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    lock()
    # Not sooner: until it is through, readers go on seeing it.
    now = timezone.now()
    if at and at < now:
        raise ValidationError(TOO_LATE)
    refuse_if_changed(post, seen, "Nothing was withdrawn.")
    with counts.updated(post):
        return bool(end_from(post, at or now, by, "withdraw", reason))


@transaction.atomic
def cancel(post: Post, *, by: User | None, seen: str | None = None) -> int:
    """Cancel what is scheduled; what is live now stays. Returns how many changes were
    cancelled. seen: standing() of what `by` saw. Raises PermissionDenied, or
    ValidationError with a sentence."""
    require_attorney(by)
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    lock()
    refuse_if_changed(post, seen, "Nothing was cancelled.")
    now = timezone.now()
    with counts.updated(post):
        coming = post.editions.not_cancelled().filter(live_from__gt=now)
        count = _end(coming, "cancel", by)
        live = post.editions.live(now).exclude(live_until=None)
        for edition in live:
            if other := same_version(edition).first():
                raise ValidationError(
                    f"“{other}” is to follow when this ends, as the same article in "
                    "the same language. Cancel that one first."
                )
            append_with_facts("reopen", edition, by=by, ends=None, ended_by=None)
        return count + live.update(live_until=None, ended_by=None)


def end_from(
    post: Post, at: datetime, by: User | None, kind: str, reason: str = ""
) -> int:
    """End what is live at that time and cancel what begins later; how many editions.
    Call it in a transaction that has locked the post's row and the record.

    kind: of the record's line, "end" or "withdraw".
    """
    not_over = Q(live_until=None) | Q(live_until__gt=at)
    open_ended = list(post.editions.not_cancelled().filter(not_over))
    later = [edition for edition in open_ended if edition.live_from >= at]
    begun = [edition for edition in open_ended if edition.live_from < at]
    count = _end(later, "cancel", by, reason=reason)
    return count + _end(begun, kind, by, at, reason)


def _end(
    editions: Iterable[Edition],
    kind: str,
    by: User | None,
    at: datetime | None = None,
    reason: str = "",
) -> int:
    """End each at that time or (None) before it was public, after writing its line."""
    ended = list(editions)
    for edition in ended:
        ends = at or edition.live_from
        who = by.pk if by else None
        append_with_facts(kind, edition, by=by, note=reason, ends=ends, ended_by=who)
        Edition.objects.filter(pk=edition.pk).update(live_until=ends, ended_by=by)
    return len(ended)
