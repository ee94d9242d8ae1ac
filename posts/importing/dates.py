"""Dates as people and programs write them, in English and Spanish. Pure."""

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .date_forms import MONTHS, lines

# Hours from UTC.
_ZONES = {
    **{"utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5},
    **{"mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "ast": -4, "adt": -3},
    **{"cet": 1, "cest": 2, "wet": 0, "west": 1, "bst": 1},
}
# Where summer time decides, by the beginning of a zone's name.
_PLACES = {
    **dict.fromkeys(("et", "eastern", "hora del este"), "America/New_York"),
    **dict.fromkeys(("ct", "central", "hora del centro"), "America/Chicago"),
    **dict.fromkeys(("mt", "mountain", "hora de la mont"), "America/Denver"),
    **dict.fromkeys(("pt", "pacific", "hora del pac"), "America/Los_Angeles"),
    **dict.fromkeys(("atlantic",), "America/Puerto_Rico"),
}
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?)?"
    # Hugo writes the zone twice: “+0000 UTC”.
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{0,2}(?:\s[A-Z]{3,4})?)?"
    # Java writes the place beside it: “-04:00[America/New_York]”.
    r"(\s*\[?[A-Z][a-z]+/[\w/]+\]?)?"
)
_SCRIPT = re.compile(r"\w{3} (\w{3} \d{1,2} \d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4}).*")


class Dated(NamedTuple):
    """moment: a datetime if a time stands with the date; doubt: a sentence, or "";
    author: who wrote it, where the same line tells that."""

    moment: datetime | date
    doubt: str = ""
    author: str = ""


def dated_line(line: str, *, day_first: bool = False) -> Dated | None:
    """A line that is a date and no more than what goes with one (“Published on …”,
    a weekday, a time, “3 min read”); None for every other line. day_first: how 8/9/18
    is to be read, as in a Spanish text."""
    line = " ".join(line.split())
    if not 6 <= len(line) <= 120 or not any(sign.isdigit() for sign in line):
        return None
    if match := _ISO.fullmatch(line):
        moment = _iso(match) if "-" in line else None
        return Dated(moment) if moment else None
    if match := _SCRIPT.fullmatch(line):
        line = f"{match[1]} {match[2]} {match[3]}"
    for form in lines():
        if (match := form.fullmatch(line)) and (found := _dated(match, day_first)):
            return found
    return None


def moment_of(text: str) -> datetime | date | None:
    """A date written by a program or in a header: ISO 8601, RFC 2822, that of
    JavaScript, or any that dated_line() reads. None for what is not a date."""
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return _iso(match)
    # First, since the library reads “11:59 PM” as a time in the morning of Greenwich.
    if line := dated_line(text):
        return line.moment
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    # WordPress writes the year -0001 for drafts, which is read as another.
    if ":" not in text or " -0001" in text or not _is_sensible(found.date()):
        return None
    # “-0000” is UTC whose place is not told.
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _dated(match: re.Match[str], day_first: bool) -> Dated | None:
    parts = match.groupdict()
    year, doubt = int(parts["year"].lstrip("'’")), ""
    if len(parts["year"]) < 4:
        year += 2000 if year < 70 else 1900
    if parts.get("one"):
        first, second = int(parts["one"]), int(parts["other"])
        is_open = first <= 12 and second <= 12 and first != second
        is_day_first = first > 12 or (is_open and day_first)
        month, day = (second, first) if is_day_first else (first, second)
        if is_open:
            said = f"{match['one']}{match['sign']}{match['other']}…"
            what = "day" if day_first else "month"
            doubt = f"The date {said} was read with the {what} first. Is it so?"
    else:
        number = parts.get("number")
        month = int(number) if number else MONTHS[parts["month"].lower()]
        day = 1 if parts["day"].lower() == "primero" else int(parts["day"])
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Dated(_with_time(found, parts), doubt) if _is_sensible(found) else None


def _with_time(day: date, parts: dict[str, str | None]) -> datetime | date:
    if not parts.get("hour"):
        return day
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    half = (parts["half"] or "").lower()
    if half and hour <= 12:
        is_later = half[0] == "p" or half.endswith(("tarde", "noche"))
        hour = hour % 12 + (12 if is_later else 0)
    try:
        moment = datetime.combine(day, time(hour, minute, int(parts["second"] or 0)))
    except ValueError:
        return day
    return moment.replace(tzinfo=_zone(parts["zone"] or ""))


def _zone(name: str) -> tzinfo | None:
    """None for an unknown one: the moment is then the wall clock of the old site."""
    place = name.strip("[] ")
    name = " ".join(place.lower().split())
    if match := re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset >= timedelta(hours=24):
            return None
        return timezone(-offset if match[1] == "-" else offset)
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    starts = (place for start, place in _PLACES.items() if name.startswith(start))
    place = place if "/" in place else next(starts, "")
    try:
        return ZoneInfo(place) if place else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _iso(match: re.Match[str]) -> datetime | date | None:
    year, month, number, hour, minute, second = (
        int(part or 0) for part in match.groups()[:6]
    )
    try:
        day = date(year, month, number)
        if not _is_sensible(day):
            return None
        if match[4] is None:
            return day
        moment = datetime.combine(day, time(hour, minute, min(second, 59)))
    except ValueError:
        return None
    zone = match[7].split()[0] if match[7] else match[8] or ""
    return moment.replace(tzinfo=_zone(zone))


def _is_sensible(day: date) -> bool:
    # WordPress writes 0000 or 1970 for drafts; earlier than the web is a mistake.
    return 1985 <= day.year <= 2100
