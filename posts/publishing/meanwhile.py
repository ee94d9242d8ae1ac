"""What of an article was on the site when somebody opened its page, and what happened
to it since: what is pressed acts on what the page showed, or on nothing."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from lawblog.dates import moment
from posts.models import Edition, Post


class ChangedMeanwhile(ValidationError):
    """What is pressed was meant for another state of the article."""


def standing(post: Post) -> str:
    """Stands for what readers see of it or will: which editions, and their ends."""
    now = timezone.now()
    not_over = Q(live_until=None) | Q(live_until__gt=now)
    rows = post.editions.not_cancelled().filter(not_over).order_by("pk")
    ends = rows.values_list("pk", "live_until")
    return " ".join(f"{pk}-{until.isoformat() if until else ''}" for pk, until in ends)


def refuse_if_changed(post: Post, seen: str | None, what: str) -> None:
    """ChangedMeanwhile, unless `seen` is still what stands (None: nobody looked).
    what: what therefore did not happen, as in "Nothing was withdrawn." """
    if seen is not None and seen != standing(post):
        raise ChangedMeanwhile(f"{in_words(post)} {what} Read it again first.")


def in_words(post: Post) -> str:
    """A sentence on how the article came to be as it is on the site."""
    newest = post.editions.order_by("-number").select_related("ended_by").first()
    since = "What readers see of this article changed after you opened this page"
    return f"{since}: {_last_step(newest)}." if newest else f"{since}."


def _last_step(edition: Edition) -> str:
    number, by = f"edition {edition.number}", edition.approved_by_name
    if not edition.live_until:
        return f"{by} approved {number} ({moment(edition.approved_at)})"
    by = edition.ended_by.get_full_name() if edition.ended_by else "somebody"
    what = "cancelled" if edition.is_cancelled else "set an end to"
    return f"{by} {what} {number}"
