"""What topics and series share."""

from django.db import models

from lawblog.site.former_addresses import Addressed
from lawblog.site.translated import Translated


class ArticleGroup(Addressed, Translated):
    """A name with a page of its own, under which readers find articles."""

    translated = ("name", "description")

    description = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences at the top of its page.",
    )
    is_public = models.BooleanField(
        "readers see it",
        default=False,
        help_text="The attorney ticks this, or approves an article under this name.",
    )

    class Meta:
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return self.local.name
