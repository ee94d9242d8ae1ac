"""Dates as people and programs write them, in English and Spanish. Pure."""

import re
from datetime import date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sept sep septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu|thurs"
    "|fri|sat|sun|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    "|lun|mar|mi[eé]|jue|vie|s[aá]b|dom"
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# Hours from UTC; None where summer time decides.
_ZONES: dict[str, int | None] = {
    **{"utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5},
    **{"mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "et": None, "eastern": None},
}
_PREFIX = (
    r"(?:(?:(?:first |originally |last )?(?:published|posted|written|dated)"
    r"(?:\s+(?:on|by\s[^\d|•·]{1,60}?\s+on))?|on|date|publicad[oa](?:\s+el)?"
    r"|escrito(?:\s+el)?|fecha(?:\s+de\s+publicaci[oó]n)?|el)\s*:?\s+)?"
)
_TIME = (
    r"(?:\s*(?:,|at|a\s+las?|[-–—|•·])?\s*"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*h(?:rs|oras)?\.?)?"
    r"\s*\(?(?P<zone>(?:utc|gmt)?[+-]\d{1,2}:?\d{2}|[a-z]{1,4}|eastern)?\)?(?:\s+time)?)?"
)
_REST = (
    r"(?:\s*[|•·–—-]?\s*\d+\s+min(?:\.|utes?|utos?)?(?:\s+(?:read|de lectura))?)?"
    r"(?:\s*[|•·–—-]\s*(?:by|por)\s[^|•·]{1,60})?\s*\.?"
)
_FORMS = (
    rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}}|1)(?:\s*\.?\s*[º°]|st|nd|rd|th)?\.?[\s-]+(?:(?:of|de)\s+)?"
    rf"(?P<month>{_MONTH})\.?\s*,?[\s-]+(?:del?\s+)?(?P<year>\d{{4}})",
    rf"(?P<day>primero)\s+de\s+(?P<month>{_MONTH})\s*,?\s+(?:del?\s+)?(?P<year>\d{{4}})",
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\s+(?:de|del)\s+(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}})\s+(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})",
    r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<one>\d{1,2})(?P<sign>[/.-])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})",
)
_LINES = [
    re.compile(
        rf"\W*{_PREFIX}(?:(?:{_DAYS})\.?,?\s+)?(?:el\s+)?{form}{_TIME}{_REST}\W*",
        re.IGNORECASE,
    )
    for form in _FORMS
]
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{0,2})?"
)
_SCRIPT = re.compile(r"\w{3} (\w{3} \d{1,2} \d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4}).*")


class Dated(NamedTuple):
    """moment: a datetime if a time stands with the date; doubt: a sentence, or ""."""

    moment: datetime | date
    doubt: str = ""


def dated_line(line: str) -> Dated | None:
    """A line that is a date and no more than what goes with one (“Published on …”,
    a weekday, a time, “3 min read”); None for every other line."""
    line = " ".join(line.split())
    if not 6 <= len(line) <= 120 or not any(sign.isdigit() for sign in line):
        return None
    if match := _ISO.fullmatch(line):
        moment = _iso(match) if "-" in line else None
        return Dated(moment) if moment else None
    for form in _LINES:
        if (match := form.fullmatch(line)) and (found := _dated(match)):
            return found
    return None


def moment_of(text: str) -> datetime | date | None:
    """A date written by a program or in a header: ISO 8601, RFC 2822, that of
    JavaScript, or any that dated_line() reads. None for what is no date."""
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := _SCRIPT.fullmatch(text):
        text = f"{match[1]} {match[2]} {match[3]}"
        try:
            return datetime.strptime(text, "%b %d %Y %H:%M:%S %z")
        except ValueError:
            return None
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        found = None
    # WordPress writes the year -0001 for drafts, which is read as another.
    if found is not None and ":" in text and " -0001" not in text:
        if not _is_sensible(found.date()):
            return None
        # “-0000” is UTC whose place is not told.
        return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
    line = dated_line(text)
    return line.moment if line else None


def _dated(match: re.Match[str]) -> Dated | None:
    parts = match.groupdict()
    year, doubt = int(parts["year"]), ""
    if parts.get("one"):
        if len(parts["year"]) == 2:
            year += 2000 if year < 70 else 1900
        first, second = int(parts["one"]), int(parts["other"])
        month, day = (second, first) if first > 12 else (first, second)
        if first <= 12 and second <= 12 and first != second:
            doubt = (
                f"The date {match['one']}{match['sign']}{match['other']}… was read "
                "with the month first. Is it so?"
            )
    else:
        number = parts.get("number")
        month = int(number) if number else _MONTHS[parts["month"].lower()]
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
    half = (parts["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        moment = datetime.combine(day, time(hour, minute, int(parts["second"] or 0)))
    except ValueError:
        return day
    return moment.replace(tzinfo=_zone(parts["zone"] or ""))


def _zone(name: str) -> timezone | None:
    name = name.lower()
    if match := re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset >= timedelta(hours=24):
            return None
        return timezone(-offset if match[1] == "-" else offset)
    hours = _ZONES.get(name)
    return None if hours is None else timezone(timedelta(hours=hours))


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
    return moment.replace(tzinfo=_zone(match[7])) if match[7] else moment


def _is_sensible(day: date) -> bool:
    # WordPress writes 0000 or 1970 for drafts; earlier than the web is a mistake.
    return 1985 <= day.year <= 2100
