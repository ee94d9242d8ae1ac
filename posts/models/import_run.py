from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from .post import Post

# After this without a sign of life, whoever worked on a run is gone.
SILENT_AFTER = timedelta(minutes=2)
MAX_PLACE_LENGTH, MAX_WORDS_LENGTH = 300, 600  # characters


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def waiting(self) -> "ImportRunQuerySet":
        """Those whose files are here and are to be read, the oldest first."""
        return self.filter(started_at__isnull=False, ended_at=None, is_kept=True)


class ImportRun(models.Model):
    """Files that were brought in together, at the desk or by the command.

    site: the old site's address, where the files have only what follows it; offline:
    no picture is fetched; is_kept: the files are kept here until they have been read.
    """

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    site = models.CharField(max_length=200, blank=True)
    offline = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # Why it ended before its end; "" if it did not.
    trouble = models.CharField(max_length=300, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def is_working(self) -> bool:
        return bool(self.started_at and not self.ended_at)

    @property
    def is_silent(self) -> bool:
        """Whether whoever worked on it seems to be gone."""
        last = self.worked_at or self.started_at
        return bool(self.is_working and last and timezone.now() > last + SILENT_AFTER)

    @property
    def size(self) -> int:
        """Bytes of the files that are kept here."""
        total: int | None = self.pieces.aggregate(all=Sum("size"))["all"]
        return total or 0


class ImportPiece(models.Model):
    """A piece of a file that is to be read; gone once it was."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="pieces")
    name = models.CharField(max_length=MAX_PLACE_LENGTH)
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("name", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["run", "name", "number"], name="one_import_piece"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, piece {self.number}"


class ImportLine(models.Model):
    """One line of a run's report: what became of an article, a file, a part of one."""

    MADE, KNOWN, REFUSED, REMARK = "made", "known", "refused", "remark"
    KINDS: ClassVar = [(kind, kind) for kind in (MADE, KNOWN, REFUSED, REMARK)]

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=KINDS)
    place = models.CharField(max_length=MAX_PLACE_LENGTH)
    # An article's title, or what is to be said.
    words = models.CharField(max_length=MAX_WORDS_LENGTH)
    facts = models.JSONField(default=list)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    # Of the draft as it came in; when it says otherwise, somebody has changed it.
    saved_at = models.DateTimeField(null=True)
    old_addresses = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=["post"], condition=Q(kind="made"), name="import_line_of_draft"
            ),
        )

    def __str__(self) -> str:
        return self.words
