"""How many articles there are, kept so that no page has to count them."""

from django.db import models
from django.db.models import Q

from .topic import Topic


class ArticleCount(models.Model):
    """The number of editions without an end, in a language, of a month, under a topic
    or (empty) in all. Written by posts/publishing/counts.py alone."""

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

    def __str__(self):
        return f"{self.language} {self.month:%Y-%m}: {self.count}"


def places(rows):
    """(topic or None, language, month) of each (edition, topic or None, language,
    day), and once for each edition those in all."""
    rows = set(rows)
    in_all = {(pk, None, language, day) for pk, _, language, day in rows}
    return [(topic, code, day.replace(day=1)) for _, topic, code, day in rows | in_all]
