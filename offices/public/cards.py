"""An office for a phone's contacts, a calendar and a camera."""

import io
from collections.abc import Iterable
from datetime import timedelta

import segno

from offices.models import Firm, Office


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
    special hours."""
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
            f"SUMMARY:{_escape(summary)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return _join([*lines, "END:VCALENDAR"])


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
