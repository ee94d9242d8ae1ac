import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from lawblog.dates import sensible
from lawblog.html.characters import printable

from .post_indexes import CONSTRAINTS, INDEXES
from .post_queries import PostQuerySet
from .shared_fields import ArticleFields
from .states import state_in_words


def not_reserved(slug: str) -> None:
    """ValidationError for a slug that another page under /posts/ uses."""
    if slug.lower() == "topics" or re.fullmatch(r"\d{4}", slug):
        raise ValidationError(
            f"“{slug}” is the address of another page. Add a word to it."
        )
    if not re.search("[a-zA-Z0-9]", slug):
        raise ValidationError("An address needs at least one letter or digit.")


class Post(ArticleFields):
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
        help_text="When its last edition ends; empty without one.",
    )
    # The id of the source that it was imported from.
    imported_from = models.CharField(max_length=200, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "article"
        ordering = ("-updated_at",)
        indexes = INDEXES
        constraints = CONSTRAINTS
        permissions = (("publish_post", "Can approve, publish and withdraw articles"),)

    def save(self, **kwargs: Any) -> None:
        """Does not save `on_site_until`, which only publishing writes: a form that was
        opened before must not overwrite it."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            fields = self._meta.concrete_fields
            names = [field.name for field in fields if not field.primary_key]
            kwargs["update_fields"] = set(names) - {"on_site_until"}
        super().save(**kwargs)

    def clean(self) -> None:
        self.title, self.summary = printable(self.title), printable(self.summary)
        self._refuse_to_translate_itself()
        self._refuse_the_language_of_a_translation()
        self._refuse_to_supersede_itself()
        self._refuse_half_a_part()
        self.clean_cover()
        self._refuse_a_translation_of_another_kind()
        if self.law_as_of and self.law_as_of > timezone.localdate():
            raise ValidationError(
                {"law_as_of": "This day is to come. Say when the law was checked."}
            )
        self._refuse_a_taken_address()

    def _refuse_half_a_part(self) -> None:
        """An article has both a series and a part of its own in it, or neither."""
        if bool(self.series_id) != bool(self.part):
            field = "part" if self.series_id else "series"
            both = "A part in a series has both: choose the series and say which part."
            raise ValidationError({field: both})
        same = Post.objects.filter(
            series=self.series_id, part=self.part, language=self.language
        )
        if self.series_id and (other := same.exclude(pk=self.pk).first()):
            taken = f"“{other}” is part {self.part} of this series already."
            raise ValidationError({"part": taken})

    def _refuse_to_supersede_itself(self) -> None:
        newer, seen = self.superseded_by, set()
        while self.pk and newer and newer.pk not in seen:
            if newer.pk == self.pk:
                raise ValidationError(
                    {"superseded_by": "This leads back to the article itself."}
                )
            seen.add(newer.pk)
            newer = newer.superseded_by

    def _refuse_the_language_of_a_translation(self) -> None:
        translations = Post.objects.filter(translation_of=self.pk or 0)
        if same := translations.filter(language=self.language).first():
            raise ValidationError(
                {
                    "language": f"“{same}” translates it into this language. Choose "
                    "another original there, or none, first."
                }
            )

    def _refuse_a_translation_of_another_kind(self) -> None:
        original = self.translation_of
        if original and original.kind != self.kind:
            what = original.get_kind_display().lower()
            raise ValidationError(
                {
                    "kind": f"It translates “{original}”, which is a kind of its own "
                    f"({what}): choose the same here."
                }
            )

    def _refuse_a_taken_address(self) -> None:
        # Imported here, since edition.py imports this module.
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

    def state(self) -> str:
        """The article's state in words. Uses prefetched editions."""
        now = timezone.now()
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
