"""The articles that a change of the law affects, and which of them say so: one rule for
page, feed, print, structured data and the desk's queue.

An article is told of as long as the notice is live and the attorney neither published a
substantive edition nor pressed "Reviewed, still right" since the change took effect and
was approved.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from lawblog.pagecache.fragments import cached_fragment
from posts.models import Edition, LawNotice, Review
from posts.models.edition import EditionQuerySet
from posts.models.law_change import ChangedLaw

from .articles_by_law import named_in, resting_on
from .index import keys_of

EDITION_BATCH = 200


def notices_in_force() -> list[LawNotice]:
    """The notices in force now; no query while nothing changes."""
    return cached_fragment("law notices", lambda: list(LawNotice.objects.live()))


def newest_notice_id() -> int:
    """The number of the newest notice; 0: there never was one. By it a form says of
    which changes whoever opened it could know."""

    def look() -> int:
        last = LawNotice.objects.order_by("-pk").values_list("pk", flat=True).first()
        return last or 0

    return cached_fragment("newest law notice", look)


def has_notice_after(edition: Edition, known: int) -> bool:
    """Whether readers of an edition are told of a change that came after the notice of
    this number."""
    attach_notices([edition])
    return any(notice.pk > known for notice in edition.law_notices)


def newest_notice_id_reaching(edition: Edition) -> int:
    """The number of the newest notice, told now or to be told, that reaches an edition,
    whether or not somebody looked at it since; 0: there is none."""
    notices = list(LawNotice.objects.open().order_by("-pk"))
    keys = keys_named(edition) if notices else []
    reaching = (n.pk for n in notices if n.reaches(keys, edition.post_id))
    return next(reaching, 0)


def keys_named(edition: Edition) -> list[str]:
    """What an edition names, as the page's own query brought it; of a draft by
    reading it."""
    keys = (
        getattr(edition, "law_keys", "") if edition.pk else ",".join(keys_of(edition))
    )
    return keys.split(",") if keys else []


def attach_notices(editions: Sequence[Edition]) -> None:
    """Sets law_notices on each. No query where nothing changed, three otherwise."""
    notices = notices_in_force()
    named = named_in(editions) if notices else {}
    _attach(editions, notices, named)


def keys_and_notices(edition: Edition) -> list[str]:
    """The keys that an article's page names; sets law_notices where it is saved."""
    keys = keys_named(edition)
    if edition.pk:
        _attach([edition], notices_in_force(), {edition.pk: keys})
    return keys


def _attach(
    editions: Iterable[Edition], notices: list[LawNotice], named: dict[int, list[str]]
) -> None:
    concerned = {}
    for edition in editions:
        keys = named.get(edition.pk, [])
        reaching = [n for n in notices if n.reaches(keys, edition.post_id)]
        edition.law_notices = []
        if reaching:
            concerned[edition] = reaching
    looks = _last_looks([edition.post_id for edition in concerned])
    for edition, reaching in concerned.items():
        seen = looks.get(edition.post_id, [])
        edition.law_notices = [
            n for n in reaching if not any(look.clears(n) for look in seen)
        ]


class Look(NamedTuple):
    """A review, or a substantive edition, which the attorney read to approve it."""

    pk: int
    at: datetime
    is_review: bool

    def clears(self, notice: LawNotice) -> bool:
        last = notice.last_review if self.is_review else notice.last_edition
        return self.pk > last and self.at >= notice.live_from


def _last_looks(posts: list[int]) -> dict[int, list[Look]]:
    """{post's id: its last review and its last substantive edition}."""
    if not posts:
        return {}
    found: dict[int, dict[bool, Look]] = {}
    reviews = Review.objects.filter(post__in=posts).order_by("pk")
    for post, pk, at in reviews.values_list("post", "pk", "reviewed_at"):
        found.setdefault(post, {})[True] = Look(pk, at, is_review=True)
    editions = substantive().filter(post__in=posts).order_by("pk")
    for post, pk, at in editions.values_list("post", "pk", "live_from"):
        found.setdefault(post, {})[False] = Look(pk, at, is_review=False)
    return {post: list(looks.values()) for post, looks in found.items()}


def substantive() -> EditionQuerySet:
    """Editions that were readable and moved the date of the last change: of others,
    that date is an earlier edition's. What readers saw first is dated by its day."""
    before = Edition.objects.not_cancelled().filter(
        post=OuterRef("post"), number__lt=OuterRef("number")
    )
    moved = Q(modified_at__gte=F("live_from")) | ~Exists(before)
    return Edition.objects.ever_public().filter(moved)


def unreviewed_since(notice: LawNotice) -> EditionQuerySet:
    """The live editions that rest on what changed and that nobody looked at since;
    with those that a narrower notice leaves out, which left_to_review() does not
    give."""
    post = {"post": OuterRef("post")}
    reviews = Review.objects.filter(
        **post, pk__gt=notice.last_review, reviewed_at__gte=notice.live_from
    )
    editions = substantive().filter(
        **post, pk__gt=notice.last_edition, live_from__gte=notice.live_from
    )
    rows = resting_on(notice.key).exclude(post__in=notice.spared)
    return rows.exclude(Exists(reviews)).exclude(Exists(editions))


def left_to_review(notice: LawNotice, most: int) -> list[Edition]:
    """What is left to be reviewed for a notice, at most so many, oldest law first."""
    return list(islice(_naming_changed_law(notice, unreviewed_since(notice)), most))


def affected_editions(change: ChangedLaw, most: int) -> list[Edition]:
    """The live editions that rest on what changed, spared ones with them, at most so
    many, oldest law first. Each has `law_keys`."""
    return list(islice(_naming_changed_law(change, resting_on(change.key)), most))


def _naming_changed_law(change: ChangedLaw, rows: EditionQuerySet) -> Iterator[Edition]:
    """Those of the rows that name something that is not left out."""
    every = rows.defer("body").iterator(chunk_size=EDITION_BATCH)
    while some := list(islice(every, EDITION_BATCH)):
        named = named_in(some)
        for edition in some:
            keys = [key for key in named.get(edition.pk, []) if change.covers(key)]
            if keys:
                edition.law_keys = ",".join(keys)
                yield edition
