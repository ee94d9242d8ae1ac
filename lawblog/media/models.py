"""The picture library: a row for each stored picture, with its description."""

from typing import NamedTuple

from django.conf import settings
from django.db import models

from .names import ADDRESS


class Facts(NamedTuple):
    """Of a stored picture: the name of its file as names.py has it, without its folder,
    its size in pixels, and how many bytes the largest version has."""

    file: str
    width: int
    height: int
    size: int

    @property
    def digest(self) -> str:
        return self.file[:32]


class PictureQuerySet(models.QuerySet["Picture"]):
    def note(self, facts: Facts, name: str = "", by: int | None = None) -> "Picture":
        """The row of a picture that was stored, once for each content. by: the number
        of an account."""
        fields = facts._asdict() | {"name": name[:100], "uploaded_by_id": by}
        picture, _ = self.get_or_create(digest=facts.digest, defaults=fields)
        return picture


class Picture(models.Model):
    """A file is never another picture: what is uploaded in its place is a new row.

    `alt`: what it shows, for people who cannot see it; where it is put into a text, the
    text keeps words of its own, which begin as these.
    """

    digest = models.CharField(max_length=32, unique=True)
    file = models.CharField(max_length=60)
    name = models.CharField(max_length=100, blank=True)
    alt = models.CharField("description", max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes of its largest version.")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        indexes = (
            models.Index(fields=["-uploaded_at", "-id"], name="picture_newest_first"),
        )

    def __str__(self) -> str:
        return self.name or f"Picture of {self.uploaded_at:%B %-d, %Y}"

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.file}"

    @property
    def thumbnail(self) -> str:
        """The address of its smallest version."""
        return f"{ADDRESS}{self.file[:-4]}-{min(self.width, 480)}.webp"
