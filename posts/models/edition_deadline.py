"""The deadlines that an edition tells readers of."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from lawblog.html.deadlines import deadline_days

from .edition import Edition


class EditionDeadlineQuerySet(models.QuerySet["EditionDeadline"]):
    def record(self, editions: Iterable[Edition]) -> None:
        """Note the deadlines of new editions, in the transaction that makes them."""
        self.bulk_create(
            EditionDeadline(edition=edition, day=day)
            for edition in editions
            for day in deadline_days(edition.body)
        )

    def live(self, first: date, last: date) -> "EditionDeadlineQuerySet":
        """Those of live editions from a day to another, the nearest first."""
        live = Edition.objects.live().filter(pk=models.OuterRef("edition"))
        rows = self.filter(models.Exists(live), day__range=(first, last))
        return rows.select_related("edition").order_by("day", "edition_id")


class EditionDeadline(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deadlines")
    day = models.DateField()

    objects = EditionDeadlineQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "day"], name="edition_deadline_once"
            ),
        )
        indexes = (models.Index(fields=["day"], name="edition_deadline_day"),)

    def __str__(self) -> str:
        return f"{self.day} in {self.edition}"
