"""A Post is the desk's working copy; an Edition is what the public reads.

No public page reads a Post's words. Editions are written by publishing.py alone.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.richtext import RichTextField, to_text
from offices.models import Attorney

from .states import state_in_words

REVIEWED_FOR = timedelta(days=365)


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics of live editions: a topic known from drafts alone is not public."""
        live = Edition.topics.through.objects.filter(
            topic=models.OuterRef("pk"), edition__in=Edition.objects.live()
        )
        return self.filter(models.Exists(live))

    def merged_from(self, slug):
        """The topic in use that the former one was merged into, or Http404."""
        return get_object_or_404(self.in_use(), former__slug=slug)


class Topic(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The end of the topic page's address."
    )

    is_sample = models.BooleanField(default=False, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("posts:topic", args=[self.slug])


class FormerTopic(models.Model):
    """The address of a topic that was merged into another; it leads there for good."""

    slug = models.SlugField(max_length=60, unique=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former")

    def __str__(self):
        return self.slug


def not_reserved(slug):
    """Addresses under /posts/ that are not articles."""
    if slug == "topics" or re.fullmatch(r"\d{4}", slug):
        raise ValidationError(
            f"“{slug}” is the address of another page. Add a word to it."
        )


def dates_are_sensible(table):
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
    body = RichTextField("text", blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    topics = models.ManyToManyField(Topic, blank=True)
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

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def copied_words(self):
        """Field values that make up the words, for comparing or making an edition."""
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
    imported_from = models.CharField(
        max_length=200, blank=True, db_index=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "article"
        ordering = ("-updated_at",)
        constraints = (dates_are_sensible("post"),)
        permissions = (("publish_post", "Can approve, publish and withdraw articles"),)

    def get_absolute_url(self):
        return reverse("posts:detail", args=[self.slug])

    def clean(self):
        newer, seen = self.superseded_by, set()
        while self.pk and newer and newer.pk not in seen:
            if newer.pk == self.pk:
                raise ValidationError(
                    {"superseded_by": "This leads back to the article itself."}
                )
            seen.add(newer.pk)
            newer = newer.superseded_by
        taken = Edition.objects.ever_public().filter(slug=self.slug)
        other = taken.exclude(post=self.pk).first()
        if other:
            raise ValidationError(
                {
                    "slug": f"The article “{other}” was published at this address, "
                    "and its old links must still lead to it. Choose another."
                }
            )

    @property
    def is_on_site_or_scheduled(self):
        now = timezone.now()
        return any(not e.live_until or e.live_until > now for e in self.editions.all())

    def state(self, now=None):
        """Where the article stands, in words. Reads the prefetched editions."""
        now = now or timezone.now()
        editions = [e for e in self.editions.all() if not e.is_cancelled]
        live = next((e for e in editions if e.is_live(now)), None)
        coming = min(
            (e for e in editions if e.live_from > now),
            key=lambda e: e.live_from,
            default=None,
        )
        latest = coming or live
        return state_in_words(
            live=bool(live),
            coming=coming and coming.live_from,
            ends=live and live.live_until,
            withdrawn=bool(editions),
            changed=bool(latest) and not latest.says_the_same_as(self),
            waiting=bool(self.submitted_at),
            returned=self.returned_note,
        )


class EditionQuerySet(models.QuerySet):
    def live(self, at=None):
        """The editions the public reads (at a moment, by default now): the one gate."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at).filter(
            Q(live_until=None) | Q(live_until__gt=at)
        )

    def ever_public(self, at=None):
        """The editions that are or were readable; not those to come or called off."""
        return self.filter(live_from__lte=at or timezone.now()).exclude(
            live_until=F("live_from")
        )

    def next_changes(self, after):
        """When the next edition goes up, and when the next comes down (or None)."""
        coming = self.filter(live_from__gt=after).aggregate(at=Min("live_from"))
        ending = self.filter(live_until__gt=after).aggregate(at=Min("live_until"))
        return coming["at"], ending["at"]

    def newest_first(self):
        return self.order_by("-published_on", "-pk")

    def with_reviews(self):
        """Adds `reviewed_on` and `next_review`, days or None, of the last review. One
        made before the last substantive change looked at other words."""
        last = Review.objects.filter(
            post=models.OuterRef("post"),
            reviewed_at__gte=models.OuterRef("modified_at"),
        ).order_by("-reviewed_at", "-pk")
        return self.annotate(
            reviewed_on=models.Subquery(last.values("reviewed_on")[:1]),
            next_review=models.Subquery(last.values("next_review")[:1]),
        )

    def overdue(self, today=None):
        """What readers are told is overdue, as `review_is_overdue` says; the law that
        was checked longest ago comes first."""
        today = today or timezone.localdate()
        never = Q(next_review=None)
        named = never & Q(review_by__lte=today)
        unnamed = never & Q(review_by=None, law_as_of__lte=today - REVIEWED_FOR)
        due = self.with_reviews().filter(Q(next_review__lte=today) | named | unnamed)
        checked = Coalesce("reviewed_on", "law_as_of")
        return due.annotate(checked_on=checked).order_by("checked_on", "pk")

    def update(self, **values):
        refuse_unless_ending(values)
        return super().update(**values)

    def delete(self):
        raise FrozenEdition("Editions are the firm's record and are never deleted.")

    # bulk_update() would go past update()'s own rule field by field.
    def bulk_update(self, objs, fields, batch_size=None):
        refuse_unless_ending(fields)
        return super().bulk_update(objs, fields, batch_size)


class FrozenEdition(Exception):
    """Someone tried to change or delete what was published."""


ENDING = {"live_until", "ended_by"}


def refuse_unless_ending(fields):
    if not set(fields) <= ENDING:
        raise FrozenEdition("Only the end of an edition may still be set.")


class Edition(Words):
    """A frozen, approved copy of a post. `live_until` empty: until further notice;
    equal to `live_from`: called off before it was ever readable."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
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

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("post", "number")
        indexes = (
            models.Index(fields=["-published_on", "-id"], name="edition_newest_first"),
            models.Index(fields=["live_from"], name="edition_live_from"),
            models.Index(fields=["live_until"], name="edition_live_until"),
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

    def save(self, *, update_fields=None, **kwargs):
        if not self._state.adding:
            refuse_unless_ending(update_fields or ["everything"])
        super().save(update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("posts:detail", args=[self.slug])

    def delete(self, **kwargs):
        raise FrozenEdition("Editions are the firm's record and are never deleted.")

    def is_live(self, at):
        return self.live_from <= at and (not self.live_until or self.live_until > at)

    @property
    def is_cancelled(self):
        return self.live_until == self.live_from

    def says_the_same_as(self, post):
        return (
            self.copied_words() == post.copied_words()
            and self.published_on == (post.published_on or self.published_on)
            and set(self.topics.all()) == set(post.topics.all())
        )

    @property
    def description(self):
        """The summary; where there is none, the beginning of the text."""
        if self.summary:
            return self.summary
        text = to_text(self.body)
        return text if len(text) <= 200 else f"{text[:200].rsplit(' ', 1)[0]}…"

    @property
    def reading_minutes(self):
        # 220 words a minute: an adult reading for understanding.
        return max(1, round(len(to_text(self.body).split()) / 220))

    @property
    def was_updated(self):
        """Whether readers are shown a date of the last change beside the first one."""
        later = timezone.localdate(self.modified_at) > self.published_on
        return later and self.number > 1

    # Set by with_reviews(); an edition from elsewhere counts as never reviewed.
    reviewed_on = next_review = None

    @property
    def changed_on(self):
        """The day of the last substantive change that readers are told of."""
        if self.was_updated:
            return timezone.localdate(self.modified_at)
        return self.published_on

    @property
    def review_is_overdue(self):
        due = self.next_review or self.review_by or self.law_as_of + REVIEWED_FOR
        return timezone.localdate() >= due


class Review(models.Model):
    """An attorney read a live article and found it still right. Never edited."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reviews")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField()
    reviewed_on = models.DateField(help_text="That day in New York.")
    next_review = models.DateField()

    class Meta:
        ordering = ("-reviewed_at",)

    def __str__(self):
        return f"{self.post}, reviewed on {self.reviewed_on}"


class PreviewLinkQuerySet(models.QuerySet):
    def working(self, token, at=None):
        """The link that a token opens, if it is neither past its time nor revoked."""
        return self.filter(
            token_hash=hash_of(token),
            revoked_at=None,
            expires_at__gt=at or timezone.now(),
        )

    def make(self, **fields):
        """A new link and its token, which is nowhere kept: (PreviewLink, str)."""
        token = secrets.token_urlsafe(32)
        return self.create(token_hash=hash_of(token), **fields), token


def hash_of(token):
    # The token is 256 random bits, so that a plain hash cannot be turned back.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class PreviewLink(models.Model):
    """Lets one person without an account read a draft until a day."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField("for whom", max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return f"Preview link for {self.note}"

    @property
    def works(self):
        return not self.revoked_at and self.expires_at > timezone.now()
