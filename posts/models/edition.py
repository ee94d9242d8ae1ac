from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Substr
from django.utils import timezone
from django.utils.functional import cached_property

from lawblog.site.page_language import current_language
from offices.models import Firm, Office

from .edition_indexes import CONSTRAINTS, INDEXES
from .frozen import Frozen
from .law_change import LawNotice
from .lifetime import LifetimeQuerySet
from .post import Post
from .review import Review, due_on, is_due_unreviewed, reviews_of_its_words
from .shared_fields import BEGINNING_LENGTH, ArticleFields
from .topic import Topic


class EditionQuerySet(LifetimeQuerySet["Edition"]):
    def at_address(self, slug: str) -> "EditionQuerySet":
        """Editions at an address, ignoring case."""
        return self.at_small_letters(slug.lower())

    def at_small_letters(self, address: Any) -> "EditionQuerySet":
        """As at_address(), whose capitals were made small."""
        return self.alias(address=Lower("slug")).filter(address=address)

    def in_language(self, code: str | None = None) -> "EditionQuerySet":
        """Editions in a language, by default the current one."""
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
        """Adds what `beginning` needs when the text itself is deferred."""
        # What annotate() sets is also declared below: the default of rows without it.
        return self.annotate(  # type: ignore[no-redef]
            body_beginning=Substr("body", 1, BEGINNING_LENGTH)
        )

    def with_reviews(self) -> "EditionQuerySet":
        """Adds `reviewed_on` and `next_review` (dates or None) of the last review.
        Reviews from before the last substantive change do not count."""
        last = reviews_of_its_words().order_by("-reviewed_at", "-pk")
        return self.annotate(  # type: ignore[no-redef]
            reviewed_on=models.Subquery(last.values("reviewed_on")[:1]),
            next_review=models.Subquery(last.values("next_review")[:1]),
        )

    def overdue(
        self, today: date | None = None
    ) -> tuple["EditionQuerySet", "EditionQuerySet"]:
        """Editions whose review is overdue (as in `review_is_overdue`), as two
        querysets, since a single one would read all rows: those never reviewed, and
        those reviewed. Each adds `checked_on`, the day on which the law was checked,
        and is sorted by it."""
        today = today or timezone.localdate()
        never = self.filter(is_due_unreviewed(today))
        never = never.exclude(models.Exists(reviews_of_its_words()))
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


class Edition(Frozen, ArticleFields):
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
        indexes = INDEXES
        constraints = CONSTRAINTS

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

    @cached_property
    def was_updated(self) -> bool:
        """Whether readers are shown a date of the last change beside the date of
        publication."""
        if self.number == 1:
            return False
        return timezone.localdate(self.modified_at) > self.published_on

    # Set by with_reviews(); other editions count as never reviewed.
    reviewed_on: date | None = None
    next_review: date | None = None

    # Set by the queries that need them: overdue(), posts/public/lists.py.
    checked_on: date
    topic_ids: str | None
    topic_list: list[Topic]
    # For feeds: who publishes it, when readers saw it first, and what supersedes it.
    firm: Firm
    went_live: datetime
    offices: list[Office]
    newer: "Edition | None"
    # Set by public/guides_and_cards.py: a card's text, and its lines, as HTML.
    card_text: str
    lines: list[str]
    # The keys of the law it rests on, separated by commas (public/article.py), and the
    # notices that it changed (law/affected.py).
    law_keys: str | None
    law_notices: Sequence[LawNotice] = ()
    # For search results: the title and an excerpt, as pairs (snippets.py).
    marked_title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]

    @property
    def changed_on(self) -> date:
        """The date of the last substantive change that readers are told of."""
        if self.was_updated:
            return timezone.localdate(self.modified_at)
        return self.published_on

    @property
    def review_is_overdue(self) -> bool:
        due = due_on(self.law_as_of, self.review_by, self.next_review)
        return timezone.localdate() >= due
