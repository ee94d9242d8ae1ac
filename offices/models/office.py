"""An office: where it is, how to reach it, and whether it is open now."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from lawblog.site.former_addresses import Addressed
from lawblog.site.page_language import localized_path
from lawblog.site.translated import Translated
from offices import hours, week

from .closure import Closure
from .maps import maps_of
from .opening import OfficeHours
from .phones import PhoneField, dial
from .tracked import Tracked


class OfficeQuerySet(models.QuerySet["Office"]):
    def lock(self) -> None:
        """Until the transaction ends nobody else saves a closure, of one office or of
        all: what is looked up now is so when it is saved."""
        list(self.select_for_update(no_key=True).order_by("pk"))

    def on_site(self) -> list["Office"]:
        """All offices, principal first, each with its hours and closures and with
        `call`: the office whose phone its callers dial (itself, or the principal one
        when it has none). Three queries, however many offices."""
        offices = list(self.prefetch_related("hours"))
        closures = list(Closure.objects.not_over())
        principal = next((o for o in offices if o.is_principal and o.phone), None)
        for office in offices:
            office.call = office if office.phone else principal
            office.closures = [c for c in closures if c.office_id in (None, office.pk)]
        return offices

    def next_changes(self, after: datetime) -> list[datetime]:
        """For each office, when its status next says something else."""
        return [hours.next_change(office, after) for office in self.on_site()]


def _time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            f"“{name}” is not a time zone. Use a name like America/New_York."
        )


class Office(Addressed, Translated, Tracked):
    notes = ("landmarks", "transit", "parking", "accessibility", "languages")
    translated = (*notes, "picture_words")
    name = models.CharField(max_length=60, unique=True, help_text="Usually the city.")
    slug = models.SlugField(
        "address", unique=True, help_text="The end of the office page's address."
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
        help_text="Prints “Send all mail to our … office”.",
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
    # The address of a stored picture.
    picture = models.CharField(max_length=100, blank=True, editable=False)
    picture_words = models.CharField(
        "what the picture shows",
        max_length=200,
        blank=True,
        help_text="For people who cannot see it, like: The door on Center Avenue, "
        "between the bakery and the bank.",
    )

    objects = OfficeQuerySet.as_manager()
    # Set by on_site(): the office to call, or None when none has a phone.
    call: "Office | None"

    class Meta:
        ordering = ("-is_principal", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["is_principal"],
                condition=Q(is_principal=True),
                name="one_principal_office",
                violation_error_message="Another office is the principal one. "
                "There can be only one.",
                # Says it beside the field.
                violation_error_code="unique",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return localized_path("offices:detail", self.slug)

    def clean(self) -> None:
        was_principal = Office.objects.filter(pk=self.pk, is_principal=True).exists()
        if was_principal and not self.is_principal:
            raise ValidationError(
                {
                    "is_principal": "There has to be a principal office. Press “Make "
                    "principal” on another one, in the list of offices."
                }
            )

    @property
    def street_line(self) -> str:
        return ", ".join(part for part in (self.street, self.suite) if part)

    @property
    def city_line(self) -> str:
        return f"{self.city}, {self.state} {self.zip_code}"

    @property
    def dial(self) -> str:
        return dial(self.phone)

    @property
    def fax_dial(self) -> str:
        return dial(self.fax)

    @property
    def has_notes(self) -> bool:
        return any(getattr(self, name) for name in self.notes)

    @property
    def directions(self) -> tuple[tuple[str, str], ...]:
        return maps_of(f"{self.street}, {self.city_line}")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def spans(self) -> list[OfficeHours]:
        return list(self.hours.all())

    @cached_property
    def closures(self) -> list[Closure]:
        """Closures to come, its own and those of all offices."""
        its = Q(office=None) | Q(office=self)
        return list(Closure.objects.not_over().filter(its))

    def status(self) -> str:
        """What visitors are told of the office at this moment."""
        return hours.status(self, timezone.now())

    def is_open(self) -> bool:
        return hours.is_open(self, timezone.now())

    def closed_today(self) -> Closure | None:
        """Its own closure of today, if it is closed all day."""
        today = timezone.localdate(timezone=self.zone)
        closure = hours.closure_on(self, today)
        if not isinstance(closure, Closure) or closure.opens:
            return None
        return closure if closure.office_id else None

    def week(self) -> list[tuple[str, list[OfficeHours]]]:
        """Opening hours as [("Mon–Fri", [OfficeHours of one day])], closed days with an
        empty list; empty when unknown or by appointment."""
        return [] if self.appointment_only else week.in_words(self.spans)
