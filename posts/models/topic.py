from django.db import models

from lawblog.site.addresses import Addressed
from lawblog.site.languages import current_language, path_to
from lawblog.site.translated import Translated


class Topic(Addressed, Translated):
    translated = ("name",)
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The end of the topic page's address."
    )

    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.local.name

    def get_absolute_url(self):
        return path_to(current_language(), "posts:topic", self.slug)
