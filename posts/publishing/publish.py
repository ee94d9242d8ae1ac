"""The only way words reach the public: publish, withdraw, cancel."""

import hashlib
import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lawblog.dates import beginning_of
from lawblog.html.richtext import to_text
from offices.models import Firm
from posts.checks import MUST, check
from posts.checks.links import broken_links
from posts.models import Edition, EditionPicture, Post
from posts.search import index

from . import counts

UNAPPROVED = "nobody (sample)"
NO_REASON = (
    "Read what the checks found. If it may stand, say why in a few words: your reason "
    "is kept with the edition."
)


class ChangedMeanwhile(ValidationError):
    """The words to be approved are no longer those that were read."""


def digest(words, published_on, author_name, topic_names):
    """SHA-256 (hex) of what an article says: canonical JSON, keys sorted."""
    content = {
        **words,
        "published_on": published_on,
        "author_name": author_name,
        "topic_names": topic_names,
    }
    content.pop("author_id")  # a row number says nothing; the name does
    # Fields younger than the first editions count where they say something.
    for name in ("superseded_by_id", "translation_of_id", "series_id", "part"):
        if content[name] is None:
            del content[name]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def edition_of(post, at):
    """The unsaved edition that publishing this post at a moment would make."""
    edition = Edition(post=post, **post.copied_words())
    latest = post.editions.order_by("-number").first()
    edition.number = latest.number + 1 if latest else 1
    edition.author_name = post.author.name if post.author else ""
    edition.topic_names = [topic.name for topic in post.topics.all()]
    edition.published_on = _own_day(post, latest) or timezone.localdate(at)
    if post.translation_of_id:
        edition.translates = _latest_of(post.translation_of_id, at)
    edition.live_from = edition.modified_at = at
    edition.digest = digest_of(edition)
    return edition


def was_never_read(post):
    """Whether no edition was readable yet: there is none, or all are still to come or
    were cancelled."""
    return not post.editions.ever_public().exists()


def _own_day(post, latest):
    """The article's date, or None: the day on which an edition that nobody read was to
    go up is not the article's own, unless the attorney chose another. What was read
    keeps its date though the field is empty."""
    if not latest or not was_never_read(post):
        return post.published_on or (latest and latest.published_on)
    planned = timezone.localdate(latest.live_from)
    if post.published_on == latest.published_on == planned:
        return None
    return post.published_on


def _latest_of(post_id, at):
    """The article's edition that was last readable at a moment, or None."""
    shown = Edition.objects.ever_public(at).filter(post=post_id)
    return shown.order_by("-number").first()


def digest_of(edition):
    """Computed afresh from the edition's own fields; equals `edition.digest` unless
    someone changed the row behind our back."""
    return digest(
        edition.copied_words(),
        edition.published_on,
        edition.author_name,
        edition.topic_names,
    )


def findings(post):
    """What the checks find in the post's words and its links to our own pages, as
    checks.Findings, those that must be fixed first."""
    found = check(
        title=post.title,
        summary=post.summary,
        body=post.body,
        law_as_of=post.law_as_of,
        language=post.language,
    )
    broken = broken_links(post.body, post.get_absolute_url())
    return sorted([*broken, *found], key=lambda finding: finding.severity != MUST)


def problems(post, *, by=None, found=None):
    """What keeps this post from being published, in sentences.

    by: who is to approve. Their firm's record must be finished; what nobody approves
    (the labelled samples, which show a site before it is filled in) goes without.
    found: its findings(), where they are known.
    """
    found = findings(post) if found is None else found
    return [
        *_not_an_article(post),
        *[_in_its_place(finding) for finding in found if finding.severity == MUST],
        *(_firm_is_unfinished() if by else ()),
    ]


def _in_its_place(finding):
    place = f" (“{finding.excerpt}”)" if finding.excerpt else ""
    return f"{finding.sentence}{place}"


def _firm_is_unfinished():
    for _, sentence in Firm.objects.the_firm().missing():
        yield f"The firm's record is unfinished: {sentence}"


def _not_an_article(post):
    found = []
    if not post.title.strip():
        found.append("The article has no title.")
    if not to_text(post.body) and "<img" not in post.body:
        found.append("The article has no text.")
    taken = Edition.objects.not_cancelled().filter(slug=post.slug)
    if taken.exclude(post=post).exists():
        found.append("Another article is, or will be, at this address. Change it.")
    return found


@transaction.atomic
def publish(
    post, *, by, at=None, substantive=True, follows=True, version_token=None, reason=""
):
    """Freeze the post's words as an edition, live from `at` (aware; None: now).

    by: the user who approves, or None for samples, which nobody approved.
    version_token: digest of the words the approver read; ChangedMeanwhile if they
    moved on.
    follows: a translation says what the original's present edition says; without it,
    it goes on translating the edition that it did.
    reason: why what the checks say should be read may stand; kept with the edition.
    Ends whatever was live or scheduled from that moment on; what was never readable is
    scheduled once, so that its earlier day is cancelled. Returns the Edition; raises
    PermissionDenied, or ValidationError with sentences.
    """
    refuse_strangers(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    now = timezone.now()
    if at and at < now:
        raise ValidationError("This time has passed. Choose a later one, or “now”.")
    edition = edition_of(post, at or now)
    if version_token and version_token != edition_of(post, now).digest:
        raise ChangedMeanwhile(
            "The article was changed after you opened this page. Nothing was "
            "published. Read it again, then approve."
        )
    found = findings(post)
    if stop := problems(post, by=by, found=found):
        raise ValidationError(stop)
    edition.warnings = [finding.as_record() for finding in found]
    edition.override_reason = reason.strip()
    if by and found and not edition.override_reason:
        raise ValidationError(NO_REASON)
    latest = post.editions.filter(number=edition.number - 1).first()
    unread = was_never_read(post)
    if latest and not substantive:
        edition.modified_at = _last_change(latest, edition.published_on)
    elif latest and unread:
        # Readers see no change of words that they read for the first time.
        edition.modified_at = beginning_of(edition.published_on)
    if latest and not follows and latest.translation_of_id == post.translation_of_id:
        edition.translates_id = latest.translates_id
    edition.approved_by = by
    edition.approved_by_name = str(by.get_full_name() or by) if by else UNAPPROVED
    edition.approved_at = now
    with counts.updated(post):
        _end_from(post, now if unread else edition.live_from, by)
        edition.save()
        edition.topics.set(post.topics.all())
    EditionPicture.objects.record([edition])
    index.add([edition])
    Post.objects.filter(pk=post.pk).update(
        submitted_at=None, returned_note="", published_on=edition.published_on
    )
    return edition


def _last_change(latest, published_on):
    """When an edition without a substantive change was last changed: as the one before
    it; with what was never changed and is older than this site, as it was written."""
    if latest.was_updated or timezone.localdate(latest.modified_at) <= published_on:
        return latest.modified_at
    return beginning_of(published_on)


@transaction.atomic
def withdraw(post, *, by, at=None):
    """Take the article off the site at `at` (None: now), with all that is scheduled
    after it. Returns whether there was anything to withdraw."""
    refuse_strangers(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    now = timezone.now()
    if at and at < now:
        raise ValidationError("This time has passed. Choose a later one, or “now”.")
    with counts.updated(post):
        return bool(_end_from(post, at or now, by))


@transaction.atomic
def cancel(post, *, by):
    """Cancel what is scheduled: what is live now stays. Returns how many changes
    were cancelled."""
    refuse_strangers(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    now = timezone.now()
    coming = post.editions.not_cancelled().filter(live_from__gt=now)
    with counts.updated(post):
        count = coming.update(live_until=F("live_from"), ended_by=by)
        live = post.editions.live(now).exclude(live_until=None)
        return count + live.update(live_until=None, ended_by=None)


def _end_from(post, at, by):
    not_over = Q(live_until=None) | Q(live_until__gt=at)
    open_ended = post.editions.not_cancelled().filter(not_over)
    cancelled = open_ended.filter(live_from__gte=at)
    count = cancelled.update(live_until=F("live_from"), ended_by=by)
    return count + open_ended.filter(live_from__lt=at).update(
        live_until=at, ended_by=by
    )


def refuse_strangers(by):
    if by is not None and not by.has_perm("posts.publish_post"):
        raise PermissionDenied("Only an attorney may publish or withdraw an article.")
