"""An office's closures as iCalendar, and its QR code."""

import io
from datetime import date, timedelta
from datetime import timezone as zones
from urllib.parse import urlsplit

import segno
from django.utils import timezone
from icalendar import Calendar, Event, Timezone

from offices.models import Closure, Firm, Office

UTC = zones.utc
# The calendar has daylight saving rules for this many years.
ZONE_YEARS = 3


def calendar(office: Office, firm: Firm, url: str) -> str:
    """The closures to come as an iCalendar (RFC 5545) of whole days; the summary gives
    special hours. The office's time zone is in it: a calendar of nothing is invalid."""
    made = Calendar()
    made.add("prodid", "-//lawblog//offices//EN")
    made.add("version", "2.0")
    first = date(timezone.localdate().year, 1, 1)
    last = date(first.year + ZONE_YEARS, 1, 1)
    made.add_component(
        Timezone.from_tzid(office.time_zone, first_date=first, last_date=last)
    )
    for closure in office.closures:
        made.add_component(_event(closure, office, firm, urlsplit(url).netloc))
    text: str = made.to_ical().decode()
    return text


def _event(closure: Closure, office: Office, firm: Firm, host: str) -> Event:
    event = Event()
    event.add("uid", f"closure-{closure.pk}-{office.slug}@{host}")
    event.add("dtstamp", closure.updated_at.astimezone(UTC))
    event.add("dtstart", closure.first_day)
    # The first day after the last.
    event.add("dtend", closure.last_day + timedelta(days=1))
    event.add("summary", f"{firm.display_name}, {office.name}: {closure.what}")
    event.add("transp", "TRANSPARENT")
    return event


def qr(text: str) -> bytes:
    """An SVG picture (bytes) of a QR code that holds the text."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", scale=4)
    return picture.getvalue()
