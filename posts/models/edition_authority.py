"""Which law an edition rests on: found in its words, with what the attorney added or
struck. Written at publication by posts/law/index.py, and can be rebuilt at any time."""

from django.db import models

from posts.authorities.keys import MAX_KEY_LENGTH

from .edition import Edition
from .post import Post


class EditionAuthority(models.Model):
    """A key that an edition names, or (not is_named) one above such a key: so what
    rests on INA 212 or anything within it is one range of one index.

    language, published_on and law_as_of are the edition's, which never change.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="authorities")
    key = models.CharField(max_length=MAX_KEY_LENGTH)
    is_named = models.BooleanField()
    language = models.CharField(max_length=2)
    published_on = models.DateField()
    law_as_of = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "key"], name="edition_authority_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["key", "law_as_of", "edition"], name="authority_oldest_law"
            ),
            models.Index(
                fields=["key", "language", "-published_on", "-edition"],
                name="authority_newest_first",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} in {self.edition}"


class AuthorityChoice(models.Model):
    """The attorney's hand: an article rests on this although its words do not say so,
    or (is_struck) does not although they do. Holds for each of its editions."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="authority_choices")
    key = models.CharField(max_length=MAX_KEY_LENGTH)
    is_struck = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["post", "key"], name="authority_choice"),
        )

    def __str__(self) -> str:
        return (
            f"{self.key} {'struck from' if self.is_struck else 'added to'} {self.post}"
        )


class AuthorityCount(models.Model):
    """How many editions without an end rest on a key, in a language. Written by
    posts/law/counts.py alone."""

    key = models.CharField(max_length=MAX_KEY_LENGTH)
    language = models.CharField(max_length=2)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "language"], name="authority_count"),
        )

    def __str__(self) -> str:
        return f"{self.key}, {self.language}: {self.count}"


class AuthorityIndex(models.Model):
    """One row: by which grammar (authorities.VERSION) the rows above were made."""

    grammar = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"grammar {self.grammar}"
