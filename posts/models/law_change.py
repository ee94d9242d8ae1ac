"""A change of the law: what the desk writes of it, and what readers are told.

As with articles, a draft is edited freely and is in no table that pages print; what the
attorney approves is a frozen copy, the notice.
"""

from typing import Any

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.site.translated import Translated
from posts.authorities import covers, label_of
from posts.authorities.keys import MAX_KEY_LENGTH

from .lifetime import LifetimeQuerySet

_DAYS = FIRST_DAY, LAST_DAY
MAX_SENTENCE_LENGTH = 400  # characters: one or two sentences


class ChangedLaw(Translated):
    """What is said of a change: the same fields at the desk and in a notice."""

    translated = ("sentence",)

    key = models.CharField(max_length=MAX_KEY_LENGTH, editable=False)
    day = models.DateField(
        "changed on",
        validators=[sensible],
        help_text="The day on which the change takes effect. For a day to come, "
        "readers are told from that day on.",
    )
    sentence = models.TextField(
        "what changed",
        max_length=MAX_SENTENCE_LENGTH,
        help_text="One or two plain sentences for readers.",
    )
    source = models.URLField(
        "official source",
        max_length=500,
        validators=[URLValidator(["https"])],
        help_text="Where readers can read the change itself, such as the Federal "
        "Register's page. It begins with https://",
    )
    # Narrower: keys within `key` that are not meant, each by itself, and numbers of
    # articles that are not concerned. Nothing else can name one: what is published
    # later knows of the change.
    unchanged = models.JSONField(default=list, editable=False)
    spared = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def reaches(self, keys: list[str], post: int | None) -> bool:
        """Whether an article that names these keys rests on what changed."""
        return post not in self.spared and any(map(self.covers, keys))

    def covers(self, key: str) -> bool:
        return covers(self.key, key) and key not in self.unchanged

    def words(self) -> dict[str, Any]:
        """What both models have, by field."""
        names = [field.name for field in ChangedLaw._meta.get_fields()]
        return {name: getattr(self, name) for name in names}


class LawChange(ChangedLaw):
    """The desk's working copy, which staff may write."""

    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    updated_at = models.DateTimeField("last saved", auto_now=True)

    class Meta:
        ordering = ("-day", "-pk")
        verbose_name = "change of the law"
        verbose_name_plural = "changes of the law"
        constraints = (
            models.CheckConstraint(
                condition=Q(day__range=_DAYS), name="law_change_day_is_sensible"
            ),
        )

    def __str__(self) -> str:
        return f"{label_of(self.key)}, {self.day:%B} {self.day.day}, {self.day.year}"


class LawNoticeQuerySet(LifetimeQuerySet["LawNotice"]):
    def open(self) -> "LawNoticeQuerySet":
        """Those that were not undone: told now, or to be told."""
        return self.filter(live_until=None)


class LawNotice(ChangedLaw):
    """What the attorney approved: readers of each article that rests on the law are
    told until the article was reviewed. Frozen; `live_until` ends it, and equal to
    `live_from` it was never told."""

    change = models.ForeignKey(LawChange, models.PROTECT, related_name="notices")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    approved_by_name = models.CharField(max_length=150)
    approved_at = models.DateTimeField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The newest when it was approved: only what came later was made knowing of it.
    last_edition = models.BigIntegerField()
    last_review = models.BigIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it says.")
    warnings = models.JSONField(default=list)
    override_reason = models.CharField(max_length=500, blank=True)

    objects = LawNoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-pk")
        indexes = (
            models.Index(
                fields=["live_from"],
                condition=Q(live_until=None),
                name="law_notice_open",
            ),
            models.Index(fields=["live_until"], name="law_notice_live_until"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["change"],
                condition=Q(live_until=None),
                name="one_open_notice_of_a_change",
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="law_notice_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{label_of(self.key)}, {self.day}"
