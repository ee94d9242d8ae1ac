from django.db import models

from lawblog.site.former_addresses import Addressed
from lawblog.site.page_language import current_language, path_to
from lawblog.site.translated import Translated


class Series(Addressed, Translated):
    """Articles to be read one after the other. Which article is which part is among the
    words of the article, so that it is approved and frozen with them."""

    translated = ("name", "description")
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        help_text="The end of the address of the series' page.",
    )

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
        ordering = ("name",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.local.name

    def get_absolute_url(self) -> str:
        return path_to(current_language(), "series", self.slug)
