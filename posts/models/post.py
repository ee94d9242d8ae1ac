import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.html.richtext import RichTextField, printable
from lawblog.site.page_language import language_choices, path_to
from offices.models import Attorney

from .series import Series, refuse_half_a_part
from .standing import PostQuerySet
from .states import state_in_words
from .topic import Topic


def not_reserved(slug: str) -> None:
    """ValidationError for an address under /posts/ that is no article's."""
    if slug.lower() == "topics" or re.fullmatch(r"\d{4}", slug):
        raise ValidationError(
            f"“{slug}” is the address of another page. Add a word to it."
        )
    if not re.search("[a-zA-Z0-9]", slug):
        raise ValidationError("An address needs at least one letter or digit.")


def dates_are_sensible(table: str) -> models.CheckConstraint:
    days = (FIRST_DAY, LAST_DAY)
    return models.CheckConstraint(
        condition=Q(law_as_of__range=days)
        & (Q(published_on=None) | Q(published_on__range=days))
        & (Q(review_by=None) | Q(review_by__range=days)),
        name=f"{table}_dates_are_sensible",
    )


class Words(models.Model):
    """What an article says: the same fields on the desk and in an edition."""

    title = models.CharField(max_length=200)
    slug = models.SlugField("address", max_length=100)
    summary = models.TextField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences, for lists and search engines.",
    )
    body = RichTextField(
        "text",
        blank=True,
        help_text="A note is written where it belongs, in double brackets: the law"
        "[[The text of the note.]] says so. Readers see a number that leads to it.",
    )
    language = models.CharField(max_length=2, choices=language_choices, default="en")
    topics = models.ManyToManyField(Topic, blank=True)
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="For articles to be read one after the other.",
    )
    part = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text="Its place among them. Readers see the place among those that are "
        "live: of parts 1, 2 and 4 the last is “Part 3 of 3”.",
    )
    author = models.ForeignKey(Attorney, models.PROTECT, null=True, blank=True)
    law_as_of = models.DateField(
        "law as of",
        default=timezone.localdate,
        validators=[sensible],
        help_text="The day on which what the article says of the law was checked.",
    )
    review_by = models.DateField(
        null=True,
        blank=True,
        validators=[sensible],
        help_text="From this day on readers are told that the article has not been "
        "reviewed. Empty means a year after “law as of”.",
    )
    superseded_by = models.ForeignKey(
        "posts.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A newer article that readers should turn to instead. They are told "
        "so at the top of this one, while the newer one is live.",
    )

    translation_of = models.ForeignKey(
        "posts.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The article that this one says in another language. Readers can "
        "go from one to the other.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_to(self.language, "posts:detail", self.slug)

    @property
    def qr_url(self) -> str:
        return path_to(self.language, "posts:qr", self.slug)

    @property
    def card_url(self) -> str:
        """The path of the picture that goes with a shared link."""
        return path_to(self.language, "posts:card", self.slug)

    def copied_words(self) -> dict[str, Any]:
        """{name: value} of the fields that make up the words, for comparing editions or
        making one."""
        return {name: getattr(self, name) for name in COPIED}


COPIED = [field.attname for field in Words._meta.local_fields]


class Post(Words):
    slug = models.SlugField(
        "address",
        max_length=100,
        unique=True,
        validators=[not_reserved],
        help_text="The end of the article's address. If you change it after "
        "publishing, the old address leads to the new one.",
        error_messages={"unique": "Another article has this address. Change one."},
    )
    published_on = models.DateField(
        null=True,
        blank=True,
        validators=[sensible],
        help_text="The article's date. Empty means the day it first goes live.",
    )
    submitted_at = models.DateTimeField("sent for approval", null=True, editable=False)
    returned_note = models.CharField(max_length=500, blank=True, editable=False)
    updated_at = models.DateTimeField("last saved", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    on_site_until = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When its last edition ends (standing.py); empty without one.",
    )
    imported_from = models.CharField(
        max_length=200, blank=True, db_index=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "article"
        ordering = ("-updated_at",)
        indexes = (
            models.Index(fields=["-updated_at", "-id"], name="post_last_saved"),
            # Of what the desk's front page lists there is little among much.
            models.Index(
                fields=["submitted_at"],
                condition=~Q(submitted_at=None),
                name="post_waiting",
            ),
            models.Index(
                fields=["-updated_at"],
                condition=~Q(returned_note=""),
                name="post_returned",
            ),
            models.Index(
                fields=["id"], condition=Q(is_sample=True), name="post_samples"
            ),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(on_site_until=None),
                name="post_drafts",
            ),
            models.Index(fields=["on_site_until"], name="post_on_site_until"),
        )
        constraints = (
            dates_are_sensible("post"),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                condition=~Q(translation_of=None),
                name="one_translation_a_language",
                violation_error_message="This article has a translation into this "
                "language already.",
            ),
        )
        permissions = (("publish_post", "Can approve, publish and withdraw articles"),)

    def save(self, **kwargs: Any) -> None:
        """Whoever saves words must not put back where the article stood when they were
        opened: `on_site_until` is written by what publishes, and by nothing else."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            fields = self._meta.concrete_fields
            names = [field.name for field in fields if not field.primary_key]
            kwargs["update_fields"] = set(names) - {"on_site_until"}
        super().save(**kwargs)

    def clean(self) -> None:
        self.title, self.summary = printable(self.title), printable(self.summary)
        self._refuse_to_translate_itself()
        self._refuse_to_supersede_itself()
        refuse_half_a_part(self)
        if self.law_as_of and self.law_as_of > timezone.localdate():
            raise ValidationError(
                {"law_as_of": "This day is to come. Say when the law was checked."}
            )
        self._refuse_a_taken_address()

    def _refuse_to_supersede_itself(self) -> None:
        newer, seen = self.superseded_by, set()
        while self.pk and newer and newer.pk not in seen:
            if newer.pk == self.pk:
                raise ValidationError(
                    {"superseded_by": "This leads back to the article itself."}
                )
            seen.add(newer.pk)
            newer = newer.superseded_by

    def _refuse_a_taken_address(self) -> None:
        # Imported here, since the editions' module builds on this one.
        from .edition import Edition

        taken = Edition.objects.not_cancelled().at_address(self.slug)
        if other := taken.exclude(post=self.pk).first():
            raise ValidationError(
                {
                    "slug": f"The article “{other}” was or will be published at this "
                    "address, and links must lead to it. Choose another."
                }
            )

    def _refuse_to_translate_itself(self) -> None:
        original = self.translation_of
        if not original:
            return
        problem = ""
        if original.pk == self.pk:
            problem = "An article is no translation of itself."
        elif original.translation_of_id:
            problem = f"“{original}” is a translation itself. Choose its original."
        elif original.language == self.language:
            problem = "Both articles are in the same language. Change one of them."
        elif self.pk and Post.objects.filter(translation_of=self.pk).exists():
            problem = "This article has translations, so that it is an original."
        if problem:
            raise ValidationError({"translation_of": problem})

    @property
    def is_on_site_or_scheduled(self) -> bool:
        now = timezone.now()
        return any(not e.live_until or e.live_until > now for e in self.editions.all())

    def state(self, now: datetime | None = None) -> str:
        """Where the article stands, in words. Reads the prefetched editions."""
        now = now or timezone.now()
        editions = [e for e in self.editions.all() if not e.is_cancelled]
        live = next((e for e in editions if e.is_live(now)), None)
        later = [e for e in editions if e.live_from > now]
        coming = min(later, key=lambda e: e.live_from, default=None)
        latest = coming or live
        return state_in_words(
            live=bool(live),
            coming=coming.live_from if coming else None,
            ends=live.live_until if live else None,
            withdrawn=bool(editions),
            changed=latest is not None and not latest.says_the_same_as(self),
            waiting=bool(self.submitted_at),
            returned=self.returned_note,
        )
