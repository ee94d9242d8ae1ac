"""An office for a phone's contacts, a calendar and a camera. Pure."""

import io
from datetime import timedelta

import segno

from lawblog.contentlines import escape, join


def vcard(office, firm, url):
    """A vCard 4.0 (RFC 6350). An office without a phone gets the number to call
    labelled as the other office's, never as its own."""
    name = f"{firm.display_name}, {office.name} office"
    street = ", ".join(part for part in (office.street, office.suite) if part)
    address = [street, office.city, office.state, office.zip_code, "United States"]
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"FN:{escape(name)}",
        f"ORG:{escape(firm.display_name)}",
        f"ADR;TYPE=work:;;{';'.join(map(escape, address))}",
    ]
    notes = []
    if office.phone:
        lines.append(f'TEL;VALUE=uri;TYPE="voice,work":tel:{office.dial}')
    elif office.call:
        other = f"{office.call.name} office"
        lines.append(f"other.TEL;VALUE=uri;TYPE=voice:tel:{office.call.dial}")
        lines.append(f"other.X-ABLabel:{escape(other)}")
        notes.append(f"Call our {other}: {office.call.phone}.")
    if office.fax:
        lines.append(f'TEL;VALUE=uri;TYPE="fax,work":tel:{office.fax_dial}')
    if office.appointment_only:
        notes.append("By appointment only.")
    if office.receives_mail:
        notes.append("Send all mail to this office.")
    if notes:
        lines.append(f"NOTE:{escape(' '.join(notes))}")
    return join([*lines, f"URL:{url}", "END:VCARD"])


def calendar(office, firm, url):
    """The closures to come as an iCalendar (RFC 5545) of whole days; special hours are
    told in the summary."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lawblog//offices//EN"]
    for closure in office.closures:
        summary = f"{firm.display_name}, {office.name}: {closure.what}"
        # DTEND is the first day after the last.
        end = closure.last_day + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:closure-{closure.pk}-{office.slug}@{url.split('/')[2]}",
            f"DTSTAMP:{closure.updated_at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{closure.first_day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{end:%Y%m%d}",
            f"SUMMARY:{escape(summary)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return join([*lines, "END:VCALENDAR"])


def qr(text):
    """An SVG picture (bytes) of a QR code that holds the text."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", scale=4)
    return picture.getvalue()
