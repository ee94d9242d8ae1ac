import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.html.richtext import RichTextField, to_text
from lawblog.media.names import digests_in
from lawblog.site.page_language import language_choices, path_to
from offices.models import Attorney
from posts.reading.notes import in_parentheses

from .cover import CoverMixin
from .kind import KindMixin
from .series import Series
from .topic import Topic

BEGINNING_LENGTH = 3000  # characters
# A tag at the end that was cut in the middle.
_CUT_TAG = re.compile(r"<[^>]*$")


def dates_are_sensible(table: str) -> models.CheckConstraint:
    days = (FIRST_DAY, LAST_DAY)
    return models.CheckConstraint(
        condition=Q(law_as_of__range=days)
        & (Q(published_on=None) | Q(published_on__range=days))
        & (Q(review_by=None) | Q(review_by__range=days)),
        name=f"{table}_dates_are_sensible",
    )


class ArticleFields(CoverMixin, KindMixin):
    """The words of an article: fields that posts and editions share."""

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
        """The path of the preview image for shared links."""
        name = "posts:cover" if self.cover else "posts:card"
        return path_to(self.language, name, self.slug)

    @property
    def picture_digests(self) -> set[str]:
        """The digests of all pictures that it shows."""
        return digests_in(self.body) | self.cover_digests

    # Set by with_beginning().
    body_beginning: str | None = None

    @property
    def beginning(self) -> str:
        """Plain text: the first BEGINNING_LENGTH characters of the body, without the
        tags."""
        html = self.body_beginning
        html = self.body[:BEGINNING_LENGTH] if html is None else html
        return to_text(_CUT_TAG.sub("", html))

    @property
    def description(self) -> str:
        """The summary; where there is none, the beginning of the text."""
        if self.summary:
            return self.summary
        text = in_parentheses(self.beginning)
        return text if len(text) <= 200 else f"{text[:200].rsplit(' ', 1)[0]}…"

    def copied_words(self) -> dict[str, Any]:
        """{name: value} of the words, to compare editions or to make one."""
        return {name: getattr(self, name) for name in COPIED}


COPIED = [field.attname for field in ArticleFields._meta.local_fields]
