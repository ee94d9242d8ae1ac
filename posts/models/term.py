import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from lawblog.site.page_language import language_choices
from posts.reading.glossary import fold

from .edition import Edition
from .post import Post

MAX_TERM_LENGTH = 60
_BEGINNING = re.compile(r"\w\S*.*")


class TermQuerySet(models.QuerySet["Term"]):
    def public(self, language: str) -> "TermQuerySet":
        """The words of a language that an attorney lets readers see; no suggestions."""
        return self.filter(is_public=True, language=language)


class Term(models.Model):
    """A legal word and its plain explanation. It stands outside the editions: readers
    see a change at once, so that only who may publish changes what is public."""

    term = models.CharField(
        "word",
        max_length=MAX_TERM_LENGTH,
        help_text="One or more words, as in a dictionary.",
    )
    forms = models.CharField(
        "further forms",
        max_length=300,
        blank=True,
        help_text="The plural and other spellings, with commas between them.",
    )
    language = models.CharField(max_length=2, choices=language_choices, default="en")
    explanation = models.TextField(
        max_length=600,
        help_text="One to three plain sentences. Readers see them where an article "
        "first uses the word, and in the glossary.",
    )
    article = models.ForeignKey(
        Post,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="An article of ours that says more. Readers are shown the way while "
        "it is live.",
    )
    is_public = models.BooleanField(
        "readers see it",
        default=False,
        help_text="The attorney ticks this. Until then it is a suggestion that only "
        "the desk sees; a change of a ticked one is seen by readers at once.",
    )
    updated_at = models.DateTimeField("last saved", auto_now=True)

    objects = TermQuerySet.as_manager()

    # Set by add_articles().
    more: Edition | None

    class Meta:
        ordering = ("term",)
        verbose_name = "explained word"
        constraints = (
            models.UniqueConstraint(
                Lower("term"),
                "language",
                name="term_once_a_language",
                violation_error_message="This word is explained already.",
            ),
        )

    def __str__(self) -> str:
        return self.term

    @property
    def all_forms(self) -> list[str]:
        """The word and its further forms, as written."""
        forms = (form.strip() for form in self.forms.split(","))
        return [self.term, *filter(None, forms)]

    def clean(self) -> None:
        for form in self.all_forms:
            if not _BEGINNING.fullmatch(form) or len(form) < 2:
                raise ValidationError(
                    f"“{form}” cannot be found in a text. Write at least two "
                    "characters, of which the first is a letter or a digit."
                )
        mine = {fold(form) for form in self.all_forms}
        for other in Term.objects.filter(language=self.language).exclude(pk=self.pk):
            if both := mine & set(map(fold, other.all_forms)):
                raise ValidationError(
                    f"“{min(both)}” is explained already, under “{other}”. Take it out "
                    "here, or change it there."
                )


def add_articles(terms: list[Term]) -> list[Term]:
    """Sets `more` on each: the live edition of its article, or None."""
    posts = {term.article_id for term in terms if term.article_id}
    live = Edition.objects.live().only("title", "slug", "language", "post")
    editions = {edition.post_id: edition for edition in live.filter(post__in=posts)}
    for term in terms:
        term.more = editions.get(term.article_id) if term.article_id else None
    return terms
