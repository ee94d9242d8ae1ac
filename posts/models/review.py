from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from .post import Post

REVIEW_INTERVAL = timedelta(days=365)


def due_on(law_as_of: date, review_by: date | None, next_review: date | None) -> date:
    """The day from which readers are told that a review is overdue. next_review: what
    the last review of these words named."""
    return next_review or review_by or law_as_of + REVIEW_INTERVAL


def is_due_unreviewed(today: date) -> Q:
    """As due_on(), of editions without a review, in a way that indexes answer."""
    return Q(review_by__lte=today) | Q(
        review_by=None, law_as_of__lte=today - REVIEW_INTERVAL
    )


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
        indexes = (models.Index(fields=["next_review"], name="review_next"),)

    def __str__(self) -> str:
        return f"{self.post}, reviewed on {self.reviewed_on}"


def reviews_of_its_words() -> models.QuerySet[Review]:
    """Of the edition in the query around it: one made before the last substantive
    change looked at other words."""
    return Review.objects.filter(
        post=OuterRef("post"), reviewed_at__gte=OuterRef("modified_at")
    )
