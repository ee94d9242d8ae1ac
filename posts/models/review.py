from datetime import timedelta

from django.conf import settings
from django.db import models

from .post import Post

REVIEWED_FOR = timedelta(days=365)


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
