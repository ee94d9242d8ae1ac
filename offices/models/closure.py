"""Days on which an office is closed, or open at other hours."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.site.page_language import current_language
from lawblog.site.translated import Translated
from offices import clock, hours

from ..closed_words import Cause, closed_because, special_hours_because
from .tracked import Tracked


class ClosureQuerySet(models.QuerySet["Closure"]):
    def not_over(self) -> "ClosureQuerySet":
        # With a day to spare: it may still be yesterday where an office is.
        yesterday = timezone.localdate() - timedelta(days=1)
        closures: ClosureQuerySet = self.filter(last_day__gte=yesterday)
        return closures


class Closure(Translated, Tracked):
    """Days on which an office, or every office, is closed or keeps other hours."""

    translated = ("reason",)

    office = models.ForeignKey(
        "Office",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_closures",
        help_text="Empty means all offices.",
    )
    first_day = models.DateField(validators=[sensible])
    last_day = models.DateField(
        validators=[sensible], help_text="The same as the first for a single day."
    )
    opens = models.TimeField(
        null=True, blank=True, help_text="Empty means closed all day."
    )
    closes = models.TimeField(null=True, blank=True)
    cause = models.CharField(
        "why",
        max_length=10,
        choices=Cause.choices,
        default=Cause.OTHER,
        help_text="Visitors read it in their own language.",
    )
    reason = models.CharField(
        "in your own words",
        max_length=80,
        blank=True,
        help_text="In its place, visitors read “Closed for …” and these words, where "
        "they are there in the visitor's language. Like: Thanksgiving Day.",
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ("first_day", "office")
        verbose_name = "closure or special hours"
        verbose_name_plural = "closures and special hours"
        constraints = (
            models.CheckConstraint(
                condition=Q(first_day__gte=FIRST_DAY, last_day__lte=LAST_DAY),
                name="closure_dates_are_sensible",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closure_ends_after_it_begins",
            ),
            models.CheckConstraint(
                # A comparison with NULL would pass: each is named.
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                name="special_hours_close_after_opening",
            ),
        )

    def __str__(self) -> str:
        return f"{self.days}: {self.what}"

    def clean(self) -> None:
        found = {}
        if self.first_day and self.last_day and self.last_day < self.first_day:
            found["last_day"] = "The last day is before the first."
        opens, closes = self.opens, self.closes
        if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
            found["closes"] = (
                "Give both times, closing after opening, or neither for a day that "
                "is closed."
            )
        if found:
            raise ValidationError(found)

    @property
    def days(self) -> str:
        first, last = self.first_day, self.last_day
        until = date_format(last, _("F j, Y"))
        if first == last:
            return until
        since = _("F j") if first.year == last.year else _("F j, Y")
        return f"{date_format(first, since)} – {until}"

    @property
    def what(self) -> str:
        # A form that gives only one of the two times is shown with its error.
        if not (self.opens and self.closes):
            return hours.capitalised(self.closed_words)
        span = clock.unbroken(clock.span(self.opens, self.closes))
        reason = self._own_words or special_hours_because(self.cause)
        return _("%(reason)s, open %(span)s") % {"reason": reason, "span": span}

    @property
    def closed_words(self) -> str:
        """ "closed for Thanksgiving Day", "closed because of the weather"."""
        if self._own_words:
            return _("closed for %(reason)s") % {"reason": self._own_words}
        return closed_because(self.cause)

    @property
    def _own_words(self) -> str:
        """The reason, if it is written in the page's language: “Cerrada por snow” would
        tell its readers nothing."""
        words, language = self.localized("reason")
        return words if language == current_language() else ""
