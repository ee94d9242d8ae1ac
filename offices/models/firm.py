"""The firm and its attorneys."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from lawblog.html.richtext import RichTextField
from lawblog.site.former_addresses import Addressed
from lawblog.site.page_language import gettext as _
from lawblog.site.page_language import localized_path
from lawblog.site.translated import Translated

from .tracked import Tracked


class Attorney(Addressed, Translated, Tracked):
    translated = ("admissions", "languages", "biography")
    name = models.CharField(max_length=100, help_text="As it stands under an article.")
    slug = models.SlugField(
        "address", unique=True, help_text="The end of the attorney page's address."
    )
    admissions = models.CharField(
        "bar admissions",
        max_length=200,
        blank=True,
        help_text="Where this attorney may practice. Printed under articles.",
    )
    languages = models.CharField(
        max_length=200,
        blank=True,
        help_text="Spoken with clients, like English, Spanish.",
    )
    biography = RichTextField(blank=True)
    photograph = models.CharField(max_length=100, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        help_text="The account this attorney signs in with.",
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return localized_path("attorney", self.slug)


class FirmQuerySet(models.QuerySet["Firm"]):
    def the_firm(self) -> "Firm":
        """The one row with all that pages print of it; an empty one before `setup`."""
        firm = self.select_related("responsible_attorney").prefetch_related("links")
        return firm.first() or Firm(pk=1)


class Firm(Translated, Tracked):
    """One row. Legal wording is the attorney's; the defaults are neutral."""

    translated = ("tagline", "advertising_label", "article_notice")

    name = models.CharField(
        "firm name", max_length=100, blank=True, help_text="As registered."
    )
    tagline = models.CharField(
        max_length=150, blank=True, help_text="One line under the name, if you like."
    )
    responsible_attorney = models.ForeignKey(
        Attorney,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="The attorney who answers for this site.",
    )
    show_advertising_label = models.BooleanField(
        default=True, help_text="Print the words below on the home page."
    )
    advertising_label = models.CharField(
        max_length=100, default=gettext_noop("Attorney Advertising")
    )
    article_notice = models.CharField(
        max_length=300,
        default=gettext_noop("This is general information, not legal advice."),
        help_text="Printed once on every article. This is a neutral default: "
        "review it and make it yours.",
    )

    show_changes = models.BooleanField(
        "show what changed in articles",
        default=True,
        help_text="Under each article, a quiet link to the dates of its editions and "
        "the words in which they differ.",
    )
    quick_exit = models.URLField(
        "quick exit",
        blank=True,
        default="https://www.google.com/",
        help_text="Where “Leave this site” at the top of every page goes: a page "
        "that many people have open and that says nothing. Empty: no such link.",
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "firm"
        constraints = (
            models.CheckConstraint(
                condition=Q(pk=1),
                name="one_firm",
                violation_error_message="There is one firm: edit its record.",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def save(self, **kwargs: Any) -> None:
        self.pk = 1
        super().save(**kwargs)

    @property
    def display_name(self) -> str:
        """The firm's name; until it is known, words that claim nothing."""
        return self.name or _("Immigration law office")

    def missing(self) -> list[tuple[str, str]]:
        """What an article cannot go out without, as (field, sentence) pairs."""
        attorney = self.responsible_attorney
        facts = (
            ("name", self.name, "The firm's name is empty."),
            ("responsible_attorney", attorney, "No responsible attorney is chosen."),
            (
                "admissions",
                not attorney or attorney.admissions,
                f"The bar admissions of {attorney} are empty.",
            ),
            ("article_notice", self.article_notice, "The article notice is empty."),
        )
        return [(field, sentence) for field, fact, sentence in facts if not fact]


class FirmLink(models.Model):
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="links")
    label = models.CharField(max_length=40, help_text="Like Facebook or LinkedIn.")
    url = models.URLField("address")

    class Meta:
        verbose_name = "link"

    def __str__(self) -> str:
        return self.label
