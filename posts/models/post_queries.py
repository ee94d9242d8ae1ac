"""Queries for the states of articles, each answered by an index. What readers see is
decided by editions alone: `Post.on_site_until` repeats the end of the last one."""

from datetime import datetime, timezone
from typing import Any

from django.db import models
from django.db.models.functions import Lower

# The end of what has none.
FOREVER = datetime(9999, 1, 1, tzinfo=timezone.utc)


# Any: of posts, whose module asks for this one.
class PostQuerySet(models.QuerySet[Any]):
    def at_address(self, slug: str) -> "PostQuerySet":
        """Posts at an address, ignoring case."""
        posts: PostQuerySet = self.alias(address=Lower("slug"))
        return posts.filter(address=slug.lower())

    def drafts(self) -> "PostQuerySet":
        """What was never approved and waits for nobody."""
        posts: PostQuerySet = self.filter(on_site_until=None, submitted_at=None)
        return posts

    def waiting(self) -> "PostQuerySet":
        posts: PostQuerySet = self.exclude(submitted_at=None)
        return posts

    def on_site(self, now: datetime) -> "PostQuerySet":
        """What readers see, or will."""
        posts: PostQuerySet = self.filter(on_site_until__gt=now)
        return posts

    def withdrawn(self, now: datetime) -> "PostQuerySet":
        posts: PostQuerySet = self.filter(on_site_until__lte=now)
        return posts
