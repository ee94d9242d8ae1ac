"""Pages of record: about, privacy, disclaimer and the like, in the attorney's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lawblog.html.richtext import RichTextField
from lawblog.site.page_language import (
    current_language,
    language_choices,
    localized_path,
)

from .tracked import Tracked


class PageQuerySet(models.QuerySet["Page"]):
    def in_language(self) -> "PageQuerySet":
        """Those that somebody wrote in the language of the page that is being made."""
        pages: PageQuerySet = self.filter(language=current_language()).exclude(body="")
        return pages


class Page(Tracked):
    """One kind of page in one language. `setup` makes each with neutral words; in a
    language for which none are shipped, without words: readers then see the page in the
    first language until the attorney writes one."""

    class Kind(models.TextChoices):
        # The values are the ends of the addresses, in urls.py too.
        ABOUT = "about", _("About")
        DISCLAIMER = "disclaimer", _("Disclaimer")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        NOTARIO = "notario-fraud", _("Notario fraud")

    kind = models.CharField(max_length=20, choices=Kind.choices, editable=False)
    language = models.CharField(max_length=10, choices=language_choices, editable=False)
    title = models.CharField(max_length=100)
    body = RichTextField("text")
    reviewed = models.BooleanField(
        default=False,
        help_text="Tick this when you have read the page and it says what you want. "
        "Readers see the page either way.",
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "page of record"
        verbose_name_plural = "pages of record"
        ordering = ("kind", "language")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "language"), name="one_page_of_each_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.get_language_display()})"

    def get_absolute_url(self) -> str:
        return localized_path("page", self.kind)
