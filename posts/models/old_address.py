from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from posts.old_addresses.spelling import MAX_ADDRESS_LENGTH, key_of

from .post import Post


class OldAddress(models.Model):
    """An address of the site that the firm had before, and where it leads now: to an
    article, wherever that is; to a page of ours; or nowhere, for good.

    `key` is what addresses are looked up by (posts/old_addresses/spelling.py).
    """

    SOURCES = [("hand", "by hand"), ("table", "from a table"), ("import", "imported")]

    address = models.CharField(
        "old address",
        max_length=MAX_ADDRESS_LENGTH,
        unique=True,
        help_text="As the old site had it: /single-post/2018/08/27/A-title, or /?p=12. "
        "You can paste it whole.",
        error_messages={"unique": "This address is in the table already."},
    )
    key = models.CharField(max_length=MAX_ADDRESS_LENGTH, db_index=True, editable=False)
    post = models.ForeignKey(
        Post,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="article",
        related_name="old_addresses",
        help_text="Readers get there once it is live, wherever it moves.",
    )
    target = models.CharField(
        "page",
        max_length=MAX_ADDRESS_LENGTH,
        blank=True,
        help_text="Or a page of this site that is no article: /about/",
    )
    gone = models.BooleanField(
        "gone for good",
        default=False,
        help_text="Or nothing came in its place: search engines then forget it.",
    )
    source = models.CharField(
        max_length=10, choices=SOURCES, default="hand", editable=False
    )

    class Meta:
        verbose_name = "old address"
        verbose_name_plural = "old addresses"
        ordering = ("address",)
        constraints = (
            models.CheckConstraint(
                condition=Q(post__isnull=False, target="", gone=False)
                | Q(post=None, gone=False) & ~Q(target="")
                | Q(post=None, target="", gone=True),
                name="old_address_leads_to_one_place",
            ),
        )

    def __str__(self) -> str:
        return self.address

    def save(self, **kwargs: Any) -> None:
        self.key = key_of(self.address)
        super().save(**kwargs)

    def clean(self) -> None:
        places = [bool(self.post_id), bool(self.target), self.gone]
        if sum(places) != 1:
            raise ValidationError(
                "Choose one: the article, a page of this site, or “gone for good”."
            )
