"""An edition under a topic, with the columns by which topic lists are ordered and
filtered."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from .edition import Edition
from .topic import Topic


class EditionTopicQuerySet(models.QuerySet["EditionTopic"]):
    def bulk_create(
        self, objs: Iterable["EditionTopic"], *args: Any, **kwargs: Any
    ) -> list["EditionTopic"]:
        """What `edition.topics.set()` and its kin call: the copies are made here."""
        rows = list(objs)
        models.prefetch_related_objects(rows, "edition")
        for row in rows:
            edition = row.edition
            row.language = edition.language
            row.published_on = edition.published_on
        return super().bulk_create(rows, *args, **kwargs)


class EditionTopic(models.Model):
    """`language` and `published_on` are the edition's, which never change: with them
    a topic's list is one range of one index, however many articles there are."""

    edition = models.ForeignKey(Edition, models.CASCADE)
    topic = models.ForeignKey(Topic, models.CASCADE)
    language = models.CharField(max_length=2)
    published_on = models.DateField()

    objects = EditionTopicQuerySet.as_manager()

    class Meta:
        db_table = "posts_edition_topics"
        # Not a named constraint: Django's own table came with this one.
        unique_together = (("edition", "topic"),)
        indexes = (
            models.Index(
                fields=["topic", "language", "-published_on", "-edition"],
                name="filing_newest_first",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} under {self.topic}"
