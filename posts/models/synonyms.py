"""Search synonyms: what people type and what lawyers write."""

from django.core.exceptions import ValidationError
from django.db import models

MAX_WORDS_LENGTH = 1000
_MAX_WORDS = 40  # of one language; more make a search slow and say less


def split(text: str) -> list[str]:
    """The words of a field, which commas or lines keep apart."""
    found = (word.strip() for word in text.replace("\n", ",").split(","))
    return [" ".join(word.split()) for word in found if word]


class SynonymGroup(models.Model):
    """One thing by all its names. Readers who search are told the other words, so that
    only who may publish changes what counts."""

    name = models.CharField(
        "what lawyers call it",
        max_length=100,
        unique=True,
        help_text="In English, as articles have it.",
    )
    is_lay = models.BooleanField(
        "lay words",
        default=False,
        help_text="Tick it where the other words are everyday words for it: who types "
        "one finds the lawyers' word, but not the other way round.",
    )
    english = models.TextField(
        max_length=MAX_WORDS_LENGTH,
        blank=True,
        help_text="With commas between them. “=” before a word means exactly these "
        "capitals, as in =CAT.",
    )
    spanish = models.TextField(
        max_length=MAX_WORDS_LENGTH, blank=True, help_text="With commas between them."
    )
    is_public = models.BooleanField(
        "counts in search",
        default=False,
        help_text="The attorney ticks this. Readers are told the words beside what "
        "they find.",
    )
    updated_at = models.DateTimeField("last saved", auto_now=True)

    class Meta:
        ordering = ("name",)
        verbose_name = "words for one thing"
        verbose_name_plural = "words for one thing"

    def __str__(self) -> str:
        return self.name

    def words(self) -> dict[str, list[str]]:
        """{language code: words and phrases}."""
        return {"en": split(self.english), "es": split(self.spanish)}

    def clean(self) -> None:
        words = self.words()
        if not any(words.values()):
            raise ValidationError("Write at least one word, in English or in Spanish.")
        for some in words.values():
            if len(some) > _MAX_WORDS:
                raise ValidationError(
                    f"These are {len(some)} words of one language. Keep the "
                    f"{_MAX_WORDS} that people really type."
                )
            for word in some:
                if not any(map(str.isalnum, word)):
                    raise ValidationError(f"“{word}” has no letter: nobody finds it.")
