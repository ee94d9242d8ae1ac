"""Deadlines for readers: marked in the editor, and shown as passed after that day.
Pure.

The mark is <time data-deadline="2027-03-15">file by March 15, 2027</time>. Its day is
read from its words whenever a text is cleaned, so that the two never differ; "" where
they hold no whole date. Another site's <time>, which comes with a paste, is not a mark.
"""

import re
from collections.abc import Callable
from datetime import date

MARK = "data-deadline"
_MONTHS = (
    "january enero, february febrero, march marzo, april abril, may mayo, june junio, "
    "july julio, august agosto, september septiembre setiembre, october octubre, "
    "november noviembre, december diciembre"
)
_NUMBERS = {
    name: number
    for number, names in enumerate(_MONTHS.split(","), start=1)
    for name in names.split()
}
_NUMBERS["sept"] = 9
_NUMBERS |= {name[:3]: number for name, number in list(_NUMBERS.items())}
_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|[º°])?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
_WAYS = [
    re.compile(way, re.IGNORECASE)
    for way in (
        rf"\b{_MONTH} {_DAY},? (?:del? )?{_YEAR}",
        rf"{_DAY},? (?:de |of )?{_MONTH},? (?:del? )?{_YEAR}",
        rf"(?<!\d)(?P<number>\d{{1,2}})/(?P<day>\d{{1,2}})/{_YEAR}",
        rf"(?<!\d){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
    )
]
_IN_FIGURES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")
_MARKED = re.compile(rf'<time {MARK}="([^"]*)">(.*?)</time>', re.DOTALL)


def day_in(words: str) -> date | None:
    """The last whole date in some words, in English or Spanish; "3/15/2027" begins with
    the month. None for words without one."""
    words = " ".join(words.split())
    found = [match for way in _WAYS for match in way.finditer(words)]
    for match in sorted(found, key=lambda match: -match.start()):
        parts = match.groupdict()
        month = parts.get("number") or _NUMBERS[parts["month"].lower()]
        try:
            return date(int(parts["year"]), int(month), int(parts["day"]))
        except ValueError:
            continue
    return None


def reads_two_ways(words: str) -> bool:
    """Whether they hold a date in figures that may begin with its day as well as with
    its month, like 8/9/2027."""
    pairs = [{*map(int, pair)} for pair in _IN_FIGURES.findall(words)]
    return any(len(pair) == 2 and max(pair) <= 12 for pair in pairs)


def marked_deadlines(html: str) -> list[tuple[str, str]]:
    """(its day as ISO 8601 or "", its HTML) of each mark in cleaned HTML."""
    return _MARKED.findall(html)


def deadline_days(html: str) -> list[date]:
    """The days of all marks that have one, each once, in order."""
    found = {date.fromisoformat(day) for day, _ in marked_deadlines(html) if day}
    return sorted(found)


def show_deadlines(html: str, today: date, passed: Callable[[], str]) -> str:
    """Cleaned HTML with each mark as a <time>, and behind those before today what is
    said of them: passed(), plain text, not HTML."""

    def one(match: re.Match[str]) -> str:
        day, words = match.groups()
        if not day:
            return words
        time = f'<time datetime="{day}">{words}</time>'
        is_over = date.fromisoformat(day) < today
        return f"{time} <strong>({passed()})</strong>" if is_over else time

    return _MARKED.sub(one, html)
