import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from .post import Post

# What an attorney may choose.
DAYS = {1: "1 day", 7: "7 days", 30: "30 days"}
DEFAULT_DAYS = 7


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def working(self, token: str) -> "PreviewLinkQuerySet":
        """The link that a token opens, if it is neither past its time nor revoked."""
        return self.filter(
            token_hash=hash_of(token),
            revoked_at=None,
            expires_at__gt=timezone.now(),
        )

    def make(
        self, *, days: int = DEFAULT_DAYS, **fields: Any
    ) -> tuple["PreviewLink", str]:
        """A link that works for so many days, and its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        expires = timezone.now() + timedelta(days=days)
        fields = {"expires_at": expires, **fields}
        return self.create(token_hash=hash_of(token), **fields), token


def hash_of(token: str) -> str:
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

    def __str__(self) -> str:
        return f"Preview link for {self.note}"

    @property
    def works(self) -> bool:
        return not self.revoked_at and self.expires_at > timezone.now()
