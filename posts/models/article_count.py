"""Stored counts of articles, so that no page has to count them."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q

from .topic import Topic

# (topic's id or None for all, language, first day of the month)
Place = tuple[int | None, str, date]


class ArticleCount(models.Model):
    """The number of articles' editions (of no guide or card) without an end, in a
    language, of a month, under a topic or (empty) in all. Written by
    posts/publishing/counts.py alone."""

    language = models.CharField(max_length=2)
    topic = models.ForeignKey(Topic, models.CASCADE, null=True)
    month = models.DateField(help_text="Its first day.")
    count = models.IntegerField(default=0)

    class Meta:
        # The table is older than the name.
        db_table = "posts_tally"
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "language", "month"], name="one_tally"
            ),
            models.UniqueConstraint(
                fields=["language", "month"],
                condition=Q(topic=None),
                name="one_tally_in_all",
            ),
        )

    def __str__(self) -> str:
        return f"{self.language} {self.month:%Y-%m}: {self.count}"


def places(found: Iterable[tuple[int, int | None, str, date]]) -> list[Place]:
    """The Places that count each (edition, topic or None, language, day): one for each
    topic, and one for each edition without a topic."""
    rows = set(found)
    in_all = {(pk, None, language, day) for pk, _, language, day in rows}
    return [(topic, code, day.replace(day=1)) for _, topic, code, day in rows | in_all]
