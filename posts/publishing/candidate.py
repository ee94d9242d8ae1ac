"""Everything that a publication needs, looked up once."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from lawblog.models import Picture
from offices.models import Firm
from posts.checks import MUST, SHOULD, Finding, check
from posts.checks.card import check_card
from posts.checks.links import broken_links
from posts.law import affected
from posts.models import DraftFinding, Edition, Post, Series, Topic
from posts.public.paths import is_public

from .changed_meanwhile import standing
from .digest import digest, digest_of
from .language_versions import stands_in_the_way


@dataclass(frozen=True)
class Candidate:
    """A post on its way to readers."""

    post: Post
    # What publishing would make of it; not saved.
    edition: Edition
    topics: list[Topic]
    # The newest edition that there is, cancelled or not.
    latest: Edition | None
    # Whether any edition was ever readable.
    was_read: bool
    # Candidates with the same token say the same. Its three parts, a "|" between them:
    # the digest of the present words, the newest change of the law that reaches them,
    # and what readers see now (changed_meanwhile.py).
    version_token: str
    # Whether another article is, was or will be at the same address.
    address_is_taken: bool
    # Sentences on other articles that are the same one in the same language.
    other_versions: list[str]
    # Topics and the series that are not public yet: approval makes them public, too.
    new_names: list[Topic | Series]
    # The newer article and the original that it names and that are samples.
    samples_named: list[Post]
    # What the firm's record still lacks, in sentences.
    firm_lacks: list[str]
    # Whether it shows a picture that is not in the library.
    lacks_picture: bool
    # What the checks found; what must be fixed comes first.
    findings: list[Finding]


def candidate_for(post: Post, at: datetime | None = None) -> Candidate:
    """The Candidate for publishing `post` at a moment (aware; None: now)."""
    now, past = timezone.now(), _past(post)
    topics = list(post.topics.all())
    edition = _edition(post, at or now, past, topics)
    today = _own_day(post, past) or timezone.localdate(now)
    filed_under: list[Topic | Series] = [*topics, *filter(None, [post.series])]
    new_names = [row for row in filed_under if not row.is_public]
    taken = Edition.objects.not_cancelled().at_address(post.slug)
    related = post.superseded_by, post.translation_of
    return Candidate(
        post=post,
        edition=edition,
        topics=topics,
        latest=past.latest,
        was_read=past.was_read,
        version_token=_version_token(edition, today, new_names),
        address_is_taken=taken.exclude(post=post).exists(),
        other_versions=stands_in_the_way(edition),
        new_names=new_names,
        samples_named=[other for other in related if other and other.is_sample],
        firm_lacks=[sentence for _, sentence in Firm.objects.the_firm().missing()],
        lacks_picture=_lacks_picture(post),
        findings=findings(post),
    )


def _version_token(
    edition: Edition, today: date, new_names: list[Topic | Series]
) -> str:
    words = digest(
        edition.copied_words(), today, edition.author_name, edition.topic_names
    )
    if new_names:
        # The digest covers only a part of them.
        texts = [
            [row.name, row.slug, row.description, row.in_other_languages]
            for row in new_names
        ]
        text = words + json.dumps(texts, sort_keys=True)
        words = hashlib.sha256(text.encode()).hexdigest()
    return "|".join(
        [
            words,
            str(affected.newest_notice_id_reaching(edition)),
            standing(edition.post),
        ]
    )


def edition_of(post: Post, at: datetime) -> Edition:
    """The unsaved edition that publishing this post at that time would make."""
    return _edition(post, at, _past(post), list(post.topics.all()))


class _Past(NamedTuple):
    latest: Edition | None
    was_read: bool


def _past(post: Post) -> _Past:
    latest = post.editions.order_by("-number").first()
    return _Past(latest, was_read=bool(latest) and not was_never_read(post))


def _edition(post: Post, at: datetime, past: _Past, topics: list[Topic]) -> Edition:
    edition = Edition(post=post, is_sample=post.is_sample, **post.copied_words())
    edition.number = past.latest.number + 1 if past.latest else 1
    edition.author_name = post.author.name if post.author else ""
    edition.topic_names = [topic.name for topic in topics]
    edition.published_on = _own_day(post, past) or timezone.localdate(at)
    if post.translation_of_id:
        edition.translates = _last_readable(post.translation_of_id, at)
    edition.live_from = edition.modified_at = at
    edition.digest = digest_of(edition)
    return edition


def findings(post: Post) -> list[Finding]:
    """What the checks find in the post's words and in its links to our own pages, and
    what was noted when it was imported or saved; what must be fixed comes first."""
    found = check(
        title=post.title,
        summary=post.summary,
        body=post.body,
        law_as_of=post.law_as_of,
        language=post.language,
        needs_summary=not post.is_card,
    )
    own = post.get_absolute_url()
    broken = broken_links(post.body, own, is_public, _is_awaited)
    noted = [
        Finding(SHOULD, row.sentence, row.place, row.block)
        for row in DraftFinding.objects.open_in(post)
    ]
    of_card = check_card(post.body) if post.is_card else ()
    every = [*broken, *of_card, *found, *noted]
    return sorted(every, key=lambda finding: finding.severity != MUST)


def _lacks_picture(post: Post) -> bool:
    shown = post.picture_digests
    return Picture.objects.filter(digest__in=shown).count() < len(shown)


def _is_awaited(path: str) -> bool:
    """Whether the path belongs to a draft that was never public."""
    slug = path.rstrip("/").rpartition("/")[2]
    posts = Post.objects.at_address(slug)
    return any(p.get_absolute_url() == path and was_never_read(p) for p in posts)


def was_never_read(post: Post) -> bool:
    """Whether no edition was ever public: there is none, or all are scheduled or were
    cancelled."""
    return not post.editions.ever_public().exists()


def _own_day(post: Post, past: _Past) -> date | None:
    """The article's own date, or None. Once public, an article keeps its date even if
    the field is emptied. The date of an edition that was scheduled and never public
    does not count, unless the attorney chose it."""
    latest = past.latest
    if not latest or past.was_read:
        return post.published_on or (latest.published_on if latest else None)
    planned = timezone.localdate(latest.live_from)
    if post.published_on == latest.published_on == planned:
        return None
    return post.published_on


def _last_readable(post_id: int, at: datetime) -> Edition | None:
    """The article's last edition that was public at that time or before."""
    shown = Edition.objects.ever_public(at).filter(post=post_id)
    return shown.order_by("-number").first()
