import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.db.models.functions import Lower, Substr
from django.utils import timezone
from django.utils.functional import cached_property

from lawblog.html.richtext import to_text
from lawblog.site.page_language import current_language
from offices.models import Firm, Office
from posts.reading.notes import in_parentheses

from .post import Post, Words, dates_are_sensible
from .review import REVIEWED_FOR, Review
from .topic import Topic

if TYPE_CHECKING:
    from .law_change import LawNotice

BEGINNING = 3000  # characters
# The rest of a text that was cut within a tag.
_CUT_TAG = re.compile(r"<[^>]*$")


class EditionQuerySet(models.QuerySet["Edition"]):
    def live(self, at: datetime | None = None) -> "EditionQuerySet":
        """The editions the public reads (at a moment, by default now): the one gate."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at).filter(
            Q(live_until=None) | Q(live_until__gt=at)
        )

    def not_cancelled(self) -> "EditionQuerySet":
        """The editions that are, were or will be readable."""
        return self.exclude(live_until=F("live_from"))

    def at_address(self, slug: str) -> "EditionQuerySet":
        """Those at an address, in which capitals do not matter."""
        return self.alias(address=Lower("slug")).filter(address=slug.lower())

    def ever_public(self, at: datetime | None = None) -> "EditionQuerySet":
        """The editions that are or were readable; not those to come or cancelled."""
        return self.not_cancelled().filter(live_from__lte=at or timezone.now())

    def next_changes(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        """When the next edition goes up, and when the next comes down (or None)."""
        coming = self.filter(live_from__gt=after).aggregate(at=Min("live_from"))
        ending = self.filter(live_until__gt=after).aggregate(at=Min("live_until"))
        return coming["at"], ending["at"]

    def changed(self, after: datetime, by: datetime) -> bool:
        """Whether readers got or lost an edition in between, whoever made it so."""
        began = Q(live_from__gt=after, live_from__lte=by)
        ended = Q(live_until__gt=after, live_until__lte=by)
        return self.not_cancelled().filter(began | ended).exists()

    def in_language(self, code: str | None = None) -> "EditionQuerySet":
        """Those in a language, by default that of the page that is being made."""
        return self.filter(language=code or current_language())

    def of_work(self, original: int) -> "EditionQuerySet":
        """The editions of an article (its post's id) and of its translations."""
        return self.filter(Q(post=original) | Q(translation_of=original))

    def behind(self) -> "EditionQuerySet":
        """Translations of words that the original has since changed."""
        original = Edition.objects.live().filter(post=models.OuterRef("translation_of"))
        changed = models.Subquery(original.values("modified_at")[:1])
        return (
            self.exclude(translation_of=None)
            .annotate(original_changed=changed)
            .filter(
                Q(original_changed__gt=F("translates__modified_at"))
                | Q(translates=None, original_changed__isnull=False)
            )
        )

    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-published_on", "-pk")

    def with_beginning(self) -> "EditionQuerySet":
        """Adds what `beginning` needs where the text itself is left out."""
        # What annotate() sets is also declared below: the default of rows without it.
        return self.annotate(  # type: ignore[no-redef]
            body_beginning=Substr("body", 1, BEGINNING)
        )

    def with_reviews(self) -> "EditionQuerySet":
        """Adds `reviewed_on` and `next_review`, days or None, of the last review. One
        made before the last substantive change looked at other words."""
        last = Review.objects.filter(
            post=models.OuterRef("post"),
            reviewed_at__gte=models.OuterRef("modified_at"),
        ).order_by("-reviewed_at", "-pk")
        return self.annotate(  # type: ignore[no-redef]
            reviewed_on=models.Subquery(last.values("reviewed_on")[:1]),
            next_review=models.Subquery(last.values("next_review")[:1]),
        )

    def overdue(
        self, today: date | None = None
    ) -> tuple["EditionQuerySet", "EditionQuerySet"]:
        """What readers are told is overdue, as `review_is_overdue` says: what was never
        reviewed, and what was; each adds `checked_on`, the day on which the law was
        checked, and has the longest ago first. As one query, all would be read."""
        today = today or timezone.localdate()
        named = Q(review_by__lte=today)
        unnamed = Q(review_by=None, law_as_of__lte=today - REVIEWED_FOR)
        reviews = Review.objects.filter(post=models.OuterRef("post"))
        reviewed = reviews.filter(reviewed_at__gte=models.OuterRef("modified_at"))
        never = self.filter(named | unnamed).exclude(models.Exists(reviewed))
        # Those with a review that is over; the last one may be another.
        due = Review.objects.filter(next_review__lte=today).values("post")
        again = self.filter(post__in=due).with_reviews()
        # In a Q, and by F below, since the stubs know no field of these names.
        again = again.filter(Q(next_review__lte=today))
        return (
            never.annotate(  # type: ignore[no-redef]
                checked_on=F("law_as_of")
            ).order_by("law_as_of", "pk"),
            again.annotate(  # type: ignore[no-redef]
                checked_on=F("reviewed_on")
            ).order_by(F("reviewed_on").asc(), "pk"),
        )

    def update(self, **values: Any) -> int:
        refuse_unless_ending(values)
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise FrozenEdition("Editions are the firm's record and are never deleted.")

    # bulk_update() would go past update()'s own rule field by field.
    def bulk_update(
        self,
        objs: Iterable["Edition"],
        fields: Iterable[str],
        batch_size: int | None = None,
    ) -> int:
        names = list(fields)
        refuse_unless_ending(names)
        return super().bulk_update(objs, names, batch_size)


class FrozenEdition(Exception):
    """Someone tried to change or delete what was published."""


ENDING = {"live_until", "ended_by"}


def refuse_unless_ending(fields: Iterable[str]) -> None:
    if not set(fields) <= ENDING:
        raise FrozenEdition("Only the end of an edition may still be set.")


class Edition(Words):
    """A frozen, approved copy of a post. `live_until` empty: until further notice;
    equal to `live_from`: cancelled before it was ever readable."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="editions")
    topics = models.ManyToManyField(  # type: ignore[assignment]  # one more column
        Topic, through="EditionTopic", blank=True
    )
    number = models.PositiveIntegerField()
    translates = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="translations"
    )
    author_name = models.CharField(max_length=100, blank=True)
    topic_names = models.JSONField(default=list)
    published_on = models.DateField()
    modified_at = models.DateTimeField(help_text="The last substantive change.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="approvals"
    )
    approved_by_name = models.CharField(max_length=150)
    approved_at = models.DateTimeField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it says.")
    warnings = models.JSONField(
        default=list, help_text="What the checks found and the attorney let stand."
    )
    override_reason = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("post", "number")
        indexes = (
            models.Index(fields=["-published_on", "-id"], name="edition_newest_first"),
            # With all that tells what is live, so that what is skipped is not read.
            models.Index(
                fields=["language", "-published_on", "-id", "live_from", "live_until"],
                name="edition_newest_in_language",
            ),
            models.Index(
                fields=["author", "language", "-published_on", "-id"],
                name="edition_newest_by_author",
            ),
            models.Index(fields=["live_from"], name="edition_live_from"),
            models.Index(fields=["live_until"], name="edition_live_until"),
            models.Index(fields=["law_as_of", "id"], name="edition_oldest_law"),
            models.Index(fields=["slug", "language"], name="edition_by_address"),
            models.Index(Lower("slug"), name="edition_by_address_any_case"),
            # Of the few that have one: told that most have none, SQLite would rather
            # walk through all articles than use an index of all.
            models.Index(
                fields=["translation_of"],
                condition=Q(translation_of__isnull=False),
                name="edition_translations",
            ),
            models.Index(
                fields=["series"],
                condition=Q(series__isnull=False),
                name="edition_in_series",
            ),
        )
        constraints = (
            dates_are_sensible("edition"),
            models.UniqueConstraint(fields=["post", "number"], name="edition_number"),
            # Each publication ends the one before, so that two can never overlap.
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(live_until=None),
                name="one_edition_without_end",
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="edition_ends_after_it_begins",
            ),
        )

    def save(
        self, *, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if not self._state.adding:
            refuse_unless_ending(update_fields or ["everything"])
        super().save(update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenEdition("Editions are the firm's record and are never deleted.")

    def is_live(self, at: datetime) -> bool:
        ends = self.live_until
        return self.live_from <= at and (ends is None or ends > at)

    @property
    def is_cancelled(self) -> bool:
        return self.live_until == self.live_from

    def says_the_same_as(self, post: Post) -> bool:
        return (
            self.copied_words() == post.copied_words()
            and self.published_on == (post.published_on or self.published_on)
            and set(self.topics.all()) == set(post.topics.all())
        )

    @property
    def original_id(self) -> int:
        """The id of the post that an article and all its translations share."""
        return self.translation_of_id or self.post_id

    def is_behind(self, original: "Edition") -> bool:
        """Whether this translation says what `original`, the live edition of what it
        translates, said before its last substantive change."""
        return not self.translates or original.modified_at > self.translates.modified_at

    # Set by with_beginning().
    body_beginning: str | None = None

    @property
    def beginning(self) -> str:
        """Plain text: the first BEGINNING characters of the body, without the tags."""
        html = self.body_beginning
        html = self.body[:BEGINNING] if html is None else html
        return to_text(_CUT_TAG.sub("", html))

    @property
    def description(self) -> str:
        """The summary; where there is none, the beginning of the text."""
        if self.summary:
            return self.summary
        text = in_parentheses(self.beginning)
        return text if len(text) <= 200 else f"{text[:200].rsplit(' ', 1)[0]}…"

    @cached_property
    def was_updated(self) -> bool:
        """Whether readers are shown a date of the last change beside the first one."""
        later = timezone.localdate(self.modified_at) > self.published_on
        return later and self.number > 1

    # Set by with_reviews(); an edition from elsewhere counts as never reviewed.
    reviewed_on: date | None = None
    next_review: date | None = None

    # Set by what asks for it: overdue(), posts/public/lists.py.
    checked_on: date
    topic_ids: str | None
    topic_list: list[Topic]
    # For feeds: who publishes it, and the edition that supersedes it.
    firm: Firm
    offices: list[Office]
    newer: "Edition | None"
    # The keys of what it rests on, with commas (public/article.py), and what readers
    # are told of it (law/marks.py).
    law_keys: str | None
    law_notices: Sequence["LawNotice"] = ()
    # Of what search found: its title, and words from its text, in pairs (snippets.py).
    marked_title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]

    @property
    def changed_on(self) -> date:
        """The day of the last substantive change that readers are told of."""
        if self.was_updated:
            return timezone.localdate(self.modified_at)
        return self.published_on

    @property
    def review_is_overdue(self) -> bool:
        due = self.next_review or self.review_by or self.law_as_of + REVIEWED_FOR
        return timezone.localdate() >= due
