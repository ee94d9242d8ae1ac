from django.db import models

from lawblog.site.page_language import current_language, path_to

from .article_group import ArticleGroup


class Topic(ArticleGroup):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The end of the topic page's address."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    def get_absolute_url(self) -> str:
        return path_to(current_language(), "posts:topic", self.slug)
