"""An office's weekly hours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from offices import clock


class OfficeHours(models.Model):
    class Weekday(models.IntegerChoices):
        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    office = models.ForeignKey("Office", models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens = models.TimeField()
    closes = models.TimeField()
    by_appointment = models.BooleanField(default=False)

    class Meta:
        ordering = ("weekday", "opens")
        verbose_name = verbose_name_plural = "hours"
        constraints = (
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="closes_after_opening"
            ),
            # The database's part in keeping spans apart; save() does the rest.
            models.UniqueConstraint(
                fields=["office", "weekday", "opens"],
                name="one_span_begins_at_a_time",
                violation_error_message="Two spans of a day open at the same time.",
            ),
        )

    def __str__(self) -> str:
        words = f"{self.get_weekday_display()} {self.in_words}"
        return f"{words}, by appointment" if self.by_appointment else words

    def save(self, **kwargs: Any) -> None:
        self.clean_fields()
        others = OfficeHours.objects.filter(office=self.office, weekday=self.weekday)
        for other in others.exclude(pk=self.pk):
            if self.overlaps(other):
                raise ValidationError(f"{self} overlaps {other}.")
        super().save(**kwargs)

    def clean(self) -> None:
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError(
                {
                    "closes": "Closing time must be after opening time, on the same "
                    "day. For a night, give two spans."
                }
            )

    @property
    def in_words(self) -> str:
        return clock.span(self.opens, self.closes)

    def touches(self, later: "OfficeHours") -> bool:
        """Whether the other goes on where this one ends, alike for callers."""
        return (self.weekday, self.closes, self.by_appointment) == (
            later.weekday,
            later.opens,
            later.by_appointment,
        )

    def overlaps(self, other: "OfficeHours") -> bool:
        return (
            self.weekday == other.weekday
            and self.opens < other.closes
            and other.opens < self.closes
        )
