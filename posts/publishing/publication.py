"""Publishing: a post's words become an edition, which readers see from a given time
on."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from lawblog.dates import beginning_of
from lawblog.records.acting import approver
from lawblog.records.ledger import append_with_facts, lock
from posts.law import index as law
from posts.models import (
    DraftFinding,
    Edition,
    EditionDeadline,
    EditionPicture,
    EditionTopic,
    Post,
    Series,
)
from posts.search import index

from . import counts
from .candidate import Candidate, candidate_for
from .changed_meanwhile import ChangedMeanwhile, in_words
from .permissions import require_attorney
from .rules import NO_REASON, problems
from .withdrawal import TOO_LATE, end_from

UNAPPROVED = "nobody (sample)"


WORDS_CHANGED = (
    "The article was changed after you opened this page. Nothing was published. Read "
    "it again, then approve."
)
LAW_CHANGED = (
    "What readers are told of changes of the law under this article is not what it was "
    "when you opened this page (see “Law”). Nothing was published. Read it with that "
    "in mind, then approve."
)


@transaction.atomic
def publish(
    post: Post,
    *,
    by: User | None,  # who approves; None for samples, which nobody approved
    at: datetime | None = None,  # aware; None: now
    substantive: bool = True,  # whether readers are told of a change
    follows: bool = True,  # a translation says what the original's live edition says
    version_token: str | None = None,  # Candidate.version_token of what `by` read
    reason: str = "",  # why what the checks found may stand
) -> Edition:
    """Freeze the post's words as an edition, live from `at`, in place of what was live
    or scheduled from then on. Raises PermissionDenied, ChangedMeanwhile, or
    ValidationError with sentences."""
    require_attorney(by)
    post, now = _held(post), timezone.now()
    if at and at < now:
        raise ValidationError(TOO_LATE)
    candidate = candidate_for(post, at or now)
    _refuse(candidate, by, version_token, reason)
    _relate(candidate, substantive, follows)
    _sign(candidate, by, reason)
    _save(candidate, by, now)
    return candidate.edition


def _held(post: Post) -> Post:
    """The article, locked with all that its publication changes."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    _hold_new_names(post)
    # Before anything is read: what is checked then is so until it is saved. And before
    # any further row, so that two publications take locks in the same order.
    lock()
    return post


def _hold_new_names(post: Post) -> None:
    """Lock the topics and the series that this publication makes public, so that nobody
    rewords them between check and save."""
    topics = post.topics.select_for_update(of=("self",), no_key=True)
    list(topics.filter(is_public=False).order_by("pk"))
    if post.series_id:
        series = Series.objects.select_for_update(no_key=True).filter(is_public=False)
        list(series.filter(pk=post.series_id))


def _refuse(
    candidate: Candidate, by: User | None, version_token: str | None, reason: str
) -> None:
    if version_token and version_token != candidate.version_token:
        raise ChangedMeanwhile(_what_changed(candidate, version_token))
    if found := problems(candidate, approved=bool(by)):
        raise ValidationError(found)
    if by and candidate.findings and not reason.strip():
        raise ValidationError(NO_REASON)


def _what_changed(candidate: Candidate, version_token: str) -> str:
    """The sentence for whoever read another state, which this token stands for."""
    then, now = (t.split("|") for t in (version_token, candidate.version_token))
    if then[0] != now[0]:
        return WORDS_CHANGED
    if then[1:2] != now[1:2]:
        return LAW_CHANGED
    return f"{in_words(candidate.post)} Nothing was published. Read it, then approve."


def _sign(candidate: Candidate, by: User | None, reason: str) -> None:
    edition = candidate.edition
    edition.warnings = [finding.as_record() for finding in candidate.findings]
    edition.override_reason = reason.strip()
    # What somebody approved is on the firm's record, even if it began as a sample.
    edition.is_sample = edition.is_sample and by is None
    edition.approved_by = by
    edition.approved_by_name = approver(by).name if by else UNAPPROVED
    edition.approved_at = timezone.now()


def _save(candidate: Candidate, by: User | None, now: datetime) -> None:
    """Save the edition and the rows derived from it, and end the former one."""
    post, edition = candidate.post, candidate.edition
    for row in candidate.new_names:
        row.is_public = True
        row.save()
    with counts.updated(post):
        if candidate.latest:
            begins = edition.live_from if candidate.was_read else now
            end_from(post, begins, by, "end")
        edition.save()
        EditionTopic.objects.bulk_create(
            EditionTopic(edition=edition, topic=topic) for topic in candidate.topics
        )
        law.add([edition])
        append_with_facts(
            "publish" if edition.live_from <= now else "schedule", edition, by=by
        )
    EditionPicture.objects.record([edition])
    EditionDeadline.objects.record([edition])
    index.add([edition])
    _settle(candidate, by)


def _settle(candidate: Candidate, by: User | None) -> None:
    """The draft no longer waits for anything."""
    post, edition = candidate.post, candidate.edition
    Post.objects.filter(pk=post.pk).update(
        submitted_at=None,
        returned_note="",
        published_on=edition.published_on,
        is_sample=edition.is_sample,
    )
    if by:
        # The edition keeps the findings that were let stand, with the reason.
        DraftFinding.objects.filter(post=post).tick(by)


def _relate(candidate: Candidate, substantive: bool, follows: bool) -> None:
    """Set how the edition relates to the former one, and to the one it translates."""
    edition, latest = candidate.edition, candidate.latest
    edition.modified_at = _modified_at(candidate, substantive)
    is_same = latest and latest.translation_of_id == edition.translation_of_id
    if latest and is_same and not follows:
        edition.translates_id = latest.translates_id


def _modified_at(candidate: Candidate, substantive: bool) -> datetime:
    """When the last change was made that readers are told of."""
    edition, latest = candidate.edition, candidate.latest
    if latest and not substantive:
        return _last_change(latest, edition.published_on)
    if latest and not candidate.was_read:
        # Readers see no change of words that they read for the first time.
        return beginning_of(edition.published_on)
    return edition.live_from


def _last_change(latest: Edition, published_on: date) -> datetime:
    """The date of the last change, for an edition without a substantive one: that of
    the edition before; or, if it was never changed and is older than this site, the day
    it was written."""
    if latest.was_updated or timezone.localdate(latest.modified_at) <= published_on:
        return latest.modified_at
    return beginning_of(published_on)
