"""Ending what readers see, or was scheduled for them: withdraw, cancel."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from posts.models import Post

from . import counts

TOO_LATE = "This time has passed. Choose a later one, or “now”."


@transaction.atomic
def withdraw(post: Post, *, by: User | None, at: datetime | None = None) -> bool:
    """Take the article off the site at `at` (aware; None: now), with all that is
    scheduled after it. Returns whether there was anything to withdraw. Raises
    PermissionDenied, or ValidationError with a sentence."""
    refuse_strangers(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    now = timezone.now()
    if at and at < now:
        raise ValidationError(TOO_LATE)
    with counts.updated(post):
        return bool(end_from(post, at or now, by))


@transaction.atomic
def cancel(post: Post, *, by: User | None) -> int:
    """Cancel what is scheduled; what is live now stays. Returns how many changes were
    cancelled. Raises PermissionDenied."""
    refuse_strangers(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    now = timezone.now()
    coming = post.editions.not_cancelled().filter(live_from__gt=now)
    with counts.updated(post):
        count = coming.update(live_until=F("live_from"), ended_by=by)
        live = post.editions.live(now).exclude(live_until=None)
        return count + live.update(live_until=None, ended_by=None)


def end_from(post: Post, at: datetime, by: User | None) -> int:
    """End what is live at a moment and cancel what begins later; how many editions.
    Belongs in the transaction of whoever holds the post's row."""
    not_over = Q(live_until=None) | Q(live_until__gt=at)
    open_ended = post.editions.not_cancelled().filter(not_over)
    cancelled = open_ended.filter(live_from__gte=at)
    count = cancelled.update(live_until=F("live_from"), ended_by=by)
    return count + open_ended.filter(live_from__lt=at).update(
        live_until=at, ended_by=by
    )


def refuse_strangers(by: User | None) -> None:
    if by is not None and not by.has_perm("posts.publish_post"):
        raise PermissionDenied("Only an attorney may publish or withdraw an article.")
