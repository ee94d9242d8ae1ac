from django.db import models

from lawblog.site.former_addresses import Addressed
from lawblog.site.page_language import current_language, path_to
from lawblog.site.translated import Translated


class Topic(Addressed, Translated):
    translated = ("name", "description")
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The end of the topic page's address."
    )

    is_sample = models.BooleanField(default=False, editable=False)

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

    def __str__(self) -> str:
        return self.local.name

    def get_absolute_url(self) -> str:
        return path_to(current_language(), "posts:topic", self.slug)
