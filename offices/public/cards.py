"""An office for a phone's contacts, a calendar and a camera."""

import io
from collections.abc import Iterable
from datetime import date, timedelta
from datetime import timezone as zones
from urllib.parse import urlsplit

import segno
from django.utils import timezone
from icalendar import Calendar, Event, Timezone

from offices.models import Closure, Firm, Office

UTC = zones.utc
# For which the calendar tells of summer time.
ZONE_YEARS = 3


def vcard(office: Office, firm: Firm, url: str) -> str:
    """A vCard 4.0 (RFC 6350). An office without a phone gets the number to call
    labelled as the other office's, never as its own."""
    name = f"{firm.display_name}, {office.name} office"
    street = ", ".join(part for part in (office.street, office.suite) if part)
    address = [street, office.city, office.state, office.zip_code, "United States"]
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"FN:{_escape(name)}",
        f"ORG:{_escape(firm.display_name)}",
        f"ADR;TYPE=work:;;{';'.join(map(_escape, address))}",
    ]
    lines += _phones(office)
    if notes := _notes(office):
        lines.append(f"NOTE:{_escape(' '.join(notes))}")
    return _join([*lines, f"URL:{url}", "END:VCARD"])


def _phones(office: Office) -> list[str]:
    lines = []
    if office.phone:
        lines.append(f'TEL;VALUE=uri;TYPE="voice,work":tel:{office.dial}')
    elif office.call:
        lines.append(f"other.TEL;VALUE=uri;TYPE=voice:tel:{office.call.dial}")
        lines.append(f"other.X-ABLabel:{_escape(f'{office.call.name} office')}")
    if office.fax:
        lines.append(f'TEL;VALUE=uri;TYPE="fax,work":tel:{office.fax_dial}')
    return lines


def _notes(office: Office) -> list[str]:
    notes = []
    if not office.phone and office.call:
        notes.append(f"Call our {office.call.name} office: {office.call.phone}.")
    if office.appointment_only:
        notes.append("By appointment only.")
    if office.receives_mail:
        notes.append("Send all mail to this office.")
    return notes


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


# The line format that vCard (RFC 6350) and iCalendar (RFC 5545) share.


def _escape(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r", "").replace("\n", "\\n")


def _join(lines: Iterable[str]) -> str:
    """Lines as one text: CRLF ends, folded so that none is over 75 bytes."""
    return "".join(f"{fold(line)}\r\n" for line in lines)


def fold(line: str) -> str:
    """A line of at most 75 bytes a piece, each further one after CRLF and a space.

    >>> fold("a" * 80) == "a" * 75 + "\\r\\n " + "a" * 5
    True
    """
    folded: list[str] = []
    part = ""
    for char in line:
        # A folded line begins with a space, which counts.
        room = 75 if not folded else 74
        if len((part + char).encode()) > room:
            folded.append(part)
            part = ""
        part += char
    return "\r\n ".join([*folded, part])
