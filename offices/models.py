"""The firm's record: every fact about it is kept here once and printed from here."""

from datetime import timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from lawblog.dates import FIRST_DAY, LAST_DAY, sensible
from lawblog.richtext import RichTextField

from . import hours
from .phones import PhoneField, dial


class Tracked(models.Model):
    """A row whose forms notice that somebody else saved it (lawblog/locking.py)."""

    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Attorney(Tracked):
    name = models.CharField(max_length=100, help_text="As it stands under an article.")
    slug = models.SlugField(
        unique=True, help_text="The end of the attorney page's address."
    )
    admissions = models.CharField(
        "bar admissions",
        max_length=200,
        blank=True,
        help_text="Where this attorney may practice. Printed under articles.",
    )
    languages = models.CharField(
        max_length=200,
        blank=True,
        help_text="Spoken with clients, like English, Spanish.",
    )
    biography = RichTextField(blank=True)
    photograph = models.CharField(max_length=100, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        help_text="The account this attorney signs in with.",
    )

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("attorney", args=[self.slug])


class FirmQuerySet(models.QuerySet):
    def the_firm(self):
        """The one row with all that pages print of it; before `setup`, empty words."""
        firm = self.select_related("responsible_attorney").prefetch_related("links")
        return firm.first() or Firm(pk=1)


class Firm(Tracked):
    """One row. Legal wording is the attorney's; the defaults are neutral."""

    name = models.CharField(
        "firm name", max_length=100, blank=True, help_text="As registered."
    )
    tagline = models.CharField(
        max_length=150, blank=True, help_text="One line under the name, if you like."
    )
    responsible_attorney = models.ForeignKey(
        Attorney,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="The attorney who answers for this site.",
    )
    show_advertising_label = models.BooleanField(
        default=True, help_text="Print the words below on the home page."
    )
    advertising_label = models.CharField(max_length=100, default="Attorney Advertising")
    article_notice = models.CharField(
        max_length=300,
        default="This is general information, not legal advice.",
        help_text="Printed once on every article. This is a neutral default: "
        "review it and make it yours.",
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "firm"
        constraints = (
            models.CheckConstraint(
                condition=Q(pk=1),
                name="one_firm",
                violation_error_message="There is one firm: edit its record.",
            ),
        )

    def __str__(self):
        return self.display_name

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @property
    def display_name(self):
        """The firm's name; until it is known, words that claim nothing."""
        return self.name or "Immigration law office"

    def missing(self):
        """What must be filled in before launch, as (field, sentence) pairs."""
        attorney = self.responsible_attorney
        facts = (
            ("name", self.name, "The firm's name is empty."),
            ("responsible_attorney", attorney, "No responsible attorney is chosen."),
            (
                "admissions",
                not attorney or attorney.admissions,
                f"The bar admissions of {attorney} are empty.",
            ),
            ("article_notice", self.article_notice, "The article notice is empty."),
        )
        return [(field, sentence) for field, fact, sentence in facts if not fact]


class FirmLink(models.Model):
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="links")
    label = models.CharField(max_length=40, help_text="Like Facebook or LinkedIn.")
    url = models.URLField("address")

    class Meta:
        verbose_name = "link"

    def __str__(self):
        return self.label


class OfficeQuerySet(models.QuerySet):
    def on_site(self):
        """All offices as a list, principal first, each with its hours and closures
        and with `call`: the office whose phone its callers dial (itself, or the
        principal one when it has none). Three queries, however many offices."""
        offices = list(self.prefetch_related("hours"))
        closures = list(Closure.objects.not_over())
        principal = next((o for o in offices if o.is_principal and o.phone), None)
        for office in offices:
            office.call = office if office.phone else principal
            office.closures = [c for c in closures if c.office_id in (None, office.pk)]
        return offices

    def next_changes(self, after):
        """For each office, when its status next says something else."""
        return [hours.next_change(office, after) for office in self.on_site()]


def _time_zone(name):
    if name not in available_timezones():
        raise ValidationError(
            f"“{name}” is not a time zone. Use a name like America/New_York."
        )


class Office(Tracked):
    name = models.CharField(max_length=60, unique=True, help_text="Usually the city.")
    slug = models.SlugField(
        unique=True, help_text="The end of the office page's address."
    )
    street = models.CharField(max_length=100)
    suite = models.CharField(max_length=50, blank=True)
    city = models.CharField(max_length=60)
    state = models.CharField(
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Use two capital letters, like NJ.")],
    )
    zip_code = models.CharField(
        "ZIP code",
        max_length=10,
        validators=[
            RegexValidator(
                r"^\d{5}(-\d{4})?$", "A ZIP code has five digits, like 07024."
            )
        ],
    )
    phone = PhoneField(
        blank=True,
        help_text="Leave empty if this office has none: callers are then given the "
        "principal office's number, and told so.",
    )
    fax = PhoneField(blank=True)
    is_principal = models.BooleanField("principal office", default=False)
    appointment_only = models.BooleanField(
        "by appointment only",
        default=False,
        help_text="Prints “By appointment only” everywhere, and no opening hours.",
    )
    receives_mail = models.BooleanField(
        "all correspondence goes here",
        default=False,
        help_text="Prints “Send all correspondence here”.",
    )
    time_zone = models.CharField(
        max_length=50, default="America/New_York", validators=[_time_zone]
    )
    landmarks = models.CharField(
        max_length=300, blank=True, help_text="What to look for on the way."
    )
    transit = models.CharField("public transit", max_length=300, blank=True)
    parking = models.CharField(max_length=300, blank=True)
    accessibility = models.CharField(
        max_length=300, blank=True, help_text="Steps, lift, doors, restroom."
    )
    languages = models.CharField("languages spoken", max_length=200, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ("-is_principal", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["is_principal"],
                condition=Q(is_principal=True),
                name="one_principal_office",
                violation_error_message="Another office is the principal one. "
                "There can be only one.",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("offices:detail", args=[self.slug])

    @property
    def street_line(self):
        return ", ".join(part for part in (self.street, self.suite) if part)

    @property
    def city_line(self):
        return f"{self.city}, {self.state} {self.zip_code}"

    @property
    def dial(self):
        return dial(self.phone)

    @property
    def fax_dial(self):
        return dial(self.fax)

    @property
    def has_notes(self):
        notes = (self.landmarks, self.transit, self.parking, self.accessibility)
        return any((*notes, self.languages))

    @property
    def directions_url(self):
        """A search for the address on OpenStreetMap; nothing is sent until clicked."""
        query = urlencode({"query": f"{self.street}, {self.city_line}"})
        return f"https://www.openstreetmap.org/search?{query}"

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def spans(self):
        return list(self.hours.all())

    @cached_property
    def closures(self):
        """Closures to come, its own and those of all offices."""
        closures = Closure.objects.not_over()
        return list(closures.filter(Q(office=None) | Q(office=self)))

    def status(self):
        """What visitors are told of the office at this moment."""
        return hours.status(self, timezone.now())

    def closed_today(self):
        """Its own closure of today, if there is one."""
        today = timezone.localdate(timezone=self.zone)
        closure = hours.closure_on(self, today)
        return closure if closure and closure.office_id and not closure.opens else None

    def week(self):
        """Opening hours as [(weekday name, [OfficeHours])], Monday first, open days
        only; empty when unknown or by appointment."""
        if self.appointment_only:
            return []
        days = [
            (name, [span for span in self.spans if span.weekday == number])
            for number, name in OfficeHours.Weekday.choices
        ]
        return [(name, spans) for name, spans in days if spans]


class OfficeHours(models.Model):
    class Weekday(models.IntegerChoices):
        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    office = models.ForeignKey(Office, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens = models.TimeField()
    closes = models.TimeField()
    by_appointment = models.BooleanField(default=False)

    class Meta:
        ordering = ("weekday", "opens")
        verbose_name = verbose_name_plural = "hours"
        constraints = (
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="closes_after_opening",
                violation_error_message="Closing time must be after opening time, "
                "on the same day.",
            ),
            # The database's part in keeping spans apart; save() does the rest.
            models.UniqueConstraint(
                fields=["office", "weekday", "opens"],
                name="one_span_begins_at_a_time",
                violation_error_message="Two spans of a day open at the same time.",
            ),
        )

    def __str__(self):
        words = f"{self.get_weekday_display()} {self.in_words}"
        return f"{words}, by appointment" if self.by_appointment else words

    def save(self, **kwargs):
        self.clean_fields()
        others = OfficeHours.objects.filter(office=self.office, weekday=self.weekday)
        for other in others.exclude(pk=self.pk):
            if self.overlaps(other):
                raise ValidationError(f"{self} overlaps {other}.")
        super().save(**kwargs)

    @property
    def in_words(self):
        return f"{hours.clock(self.opens)} – {hours.clock(self.closes)}"

    def overlaps(self, other):
        return (
            self.weekday == other.weekday
            and self.opens < other.closes
            and other.opens < self.closes
        )


class ClosureQuerySet(models.QuerySet):
    def not_over(self):
        # A day's grace: it may still be yesterday where an office is.
        yesterday = timezone.localdate() - timedelta(days=1)
        return self.filter(last_day__gte=yesterday)


class Closure(Tracked):
    """Days on which an office, or every office, is closed or keeps other hours."""

    office = models.ForeignKey(
        Office,
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
    reason = models.CharField(
        max_length=80, help_text="Visitors read “Closed for …” and this."
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
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                # A comparison with NULL would pass: each is named.
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                name="special_hours_close_after_opening",
                violation_error_message="Give both times, closing after opening, "
                "or neither for a day that is closed.",
            ),
        )

    def __str__(self):
        return f"{self.days}: {self.what}"

    @property
    def days(self):
        first, last = (date_format(day, "F j, Y") for day in self.both_days)
        return first if first == last else f"{first} – {last}"

    @property
    def both_days(self):
        return self.first_day, self.last_day

    @property
    def what(self):
        # Also while a form is refused for giving one of the two times.
        if not (self.opens and self.closes):
            return f"Closed for {self.reason}"
        span = f"{hours.clock(self.opens)} – {hours.clock(self.closes)}"
        return f"{self.reason}, open {span}"
