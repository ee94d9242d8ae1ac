from django.db import models
from django.shortcuts import get_object_or_404

from lawblog.site.languages import current_language, path_to
from lawblog.site.translated import Translated


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics of live editions in the page's language: a topic known from drafts
        alone is not public."""
        from .edition_topic import Edition, EditionTopic  # which import Topic

        # Looked up one by one: SQLite would rather list all that is live first.
        edition = Edition.objects.live().filter(pk=models.OuterRef("edition"))
        live = EditionTopic.objects.filter(
            models.Exists(edition),
            topic=models.OuterRef("pk"),
            language=current_language(),
        )
        # A scalar, looked up topic by topic: for "exists" databases would rather read
        # every article.
        return self.alias(live=models.Subquery(live.values("pk")[:1])).exclude(
            live=None
        )

    def merged_from(self, slug):
        """The topic in use that the former one was merged into, or Http404."""
        return get_object_or_404(self.in_use(), former__slug=slug)


class Topic(Translated):
    translated = ("name",)
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The end of the topic page's address."
    )

    is_sample = models.BooleanField(default=False, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.local.name

    def get_absolute_url(self):
        return path_to(current_language(), "posts:topic", self.slug)


class FormerTopic(models.Model):
    """The address of a topic that was merged into another; it leads there for good."""

    slug = models.SlugField(max_length=60, unique=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former")

    def __str__(self):
        return self.slug
