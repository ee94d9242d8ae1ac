from django.db import models

from lawblog.site.page_language import current_language, path_to

from .article_group import ArticleGroup


class Series(ArticleGroup):
    """Articles to be read one after the other. The part of each is a field of the
    article, so that it is approved and frozen with the words."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        help_text="The end of the address of the series' page.",
    )

    class Meta(ArticleGroup.Meta):
        verbose_name_plural = "series"

    def get_absolute_url(self) -> str:
        return path_to(current_language(), "series", self.slug)
