"""What of an article was on the site when somebody opened its page, and what happened
to it since: what is pressed acts on what the page showed, or on nothing."""

import json

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from lawblog.dates import moment
from lawblog.models import Entry
from posts.models import Post

# What the record calls each step, and how people are told.
STEPS = {
    "publish": "approved",
    "schedule": "approved",
    "end": "set an end to",
    "withdraw": "set an end to",
    "cancel": "cancelled",
    "reopen": "took back the end of",
}


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
    editions = post.editions.values("pk")
    told = Entry.objects.filter(subject="posts.edition", subject_id__in=editions)
    newest = told.filter(kind__in=STEPS).order_by("-seq").first()
    since = "What readers see of this article changed after you opened this page"
    return f"{since}: {_step(newest)}." if newest else f"{since}."


def _step(entry: Entry) -> str:
    line = json.loads(entry.line)
    who, number = line["by"]["name"] or "somebody", line["facts"]["number"]
    return f"{who} {STEPS[entry.kind]} edition {number} ({moment(entry.at)})"
