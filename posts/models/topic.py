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
        return self.path_in(current_language())

    def path_in(self, language: str) -> str:
        """The page of the topic's articles in a language."""
        return path_to(language, "posts:topic", self.slug)
