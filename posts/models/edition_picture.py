"""Which pictures an edition shows, and so which pictures are public."""

from collections.abc import Iterable

from django.db import models

from .edition import Edition


class EditionPictureQuerySet(models.QuerySet["EditionPicture"]):
    def record(self, editions: Iterable[Edition]) -> None:
        """Note the pictures of new editions, in the transaction that makes them."""
        self.bulk_create(
            EditionPicture(edition=edition, digest=digest)
            for edition in editions
            for digest in edition.picture_digests
        )

    def is_live(self, digest: str) -> bool:
        """Whether an edition that the public reads now shows the picture."""
        live = Edition.objects.live().filter(pk=models.OuterRef("edition"))
        return self.filter(models.Exists(live), digest=digest).exists()


class EditionPicture(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pictures")
    digest = models.CharField(max_length=32, help_text="As the file's name begins.")

    objects = EditionPictureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["digest", "edition"], name="edition_picture_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.digest} in {self.edition}"
