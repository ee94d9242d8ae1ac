"""The kind of a post: article, guide or card."""

from django.db import models


class Kind(models.TextChoices):
    """An article, the usual kind, is None: editions older than this field say so."""

    GUIDE = "guide", "Guide"
    CARD = "card", "Card"

    __empty__ = "Article"


class KindMixin(models.Model):
    # None and not "", so that a digest made before this field stays what it was.
    kind = models.CharField(  # noqa: DJ001
        max_length=5,
        choices=Kind.choices,
        null=True,
        blank=True,
        help_text="An article has a date. A guide has none: it heads the pages of its "
        "topics, and its main headings are questions that open in place. A card says "
        "“What to do right now” in at most six lines, one tap from every page.",
    )

    class Meta:
        abstract = True

    @property
    def is_guide(self) -> bool:
        return self.kind == Kind.GUIDE

    @property
    def is_card(self) -> bool:
        return self.kind == Kind.CARD
