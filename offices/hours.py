"""Whether an office is open, what visitors are told, and when that changes. Pure.

Of offices, hours and closures it asks only what Office, Weekly and Closed say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import clock

# Far enough to find the next opening after the longest holiday; beyond it, "call".
HORIZON_DAYS = 60
DAY = timedelta(days=1)


class Weekly(Protocol):
    """Hours of a weekday (0 is Monday), on the office's clock."""

    weekday: int
    opens: time
    closes: time
    by_appointment: bool


class Closed(Protocol):
    """Days with no hours, or with other ones; `office_id` None: of all offices."""

    office_id: int | None
    first_day: date
    last_day: date
    opens: time | None
    closes: time | None

    @property
    def closed_words(self) -> str: ...


class Office(Protocol):
    """`closures`: its own and those of all offices."""

    appointment_only: bool

    @property
    def zone(self) -> tzinfo: ...
    @property
    def spans(self) -> Sequence[Weekly]: ...
    @property
    def closures(self) -> Sequence[Closed]: ...


@dataclass(frozen=True)
class Span:
    """Part of a day, both ends aware and in the office's zone."""

    opens: datetime
    closes: datetime
    by_appointment: bool


def closure_on(office: Office, day: date) -> Closed | None:
    """The closure that covers a date: the office's own before one of all offices, a
    whole day before special hours."""
    covering = [c for c in office.closures if c.first_day <= day <= c.last_day]
    return min(
        covering,
        key=lambda c: (c.office_id is None, c.opens is not None),
        default=None,
    )


def spans_on(office: Office, day: date) -> list[Span]:
    """The day's Spans in order, after closures and special hours; touching spans of
    one kind are joined."""
    spans: list[Span] = []
    for opens, closes, by_appointment in sorted(_rows_on(office, day)):
        span = Span(at(office, day, opens), at(office, day, closes), by_appointment)
        last = spans[-1] if spans else None
        if last and last.closes == span.opens and last.by_appointment == by_appointment:
            span = Span(spans.pop().opens, span.closes, by_appointment)
        spans.append(span)
    return spans


def _rows_on(office: Office, day: date) -> list[tuple[time, time, bool]]:
    closure = closure_on(office, day)
    if closure:
        opens, closes = closure.opens, closure.closes
        return [(opens, closes, False)] if opens and closes else []
    return [
        (row.opens, row.closes, row.by_appointment)
        for row in office.spans
        if row.weekday == day.weekday()
    ]


def at(office: Office, day: date, time_of_day: time) -> datetime:
    return datetime.combine(day, time_of_day, tzinfo=office.zone)


def is_open(office: Office, now: datetime) -> bool:
    """Whether anybody may walk in at an aware moment."""
    instant = now.astimezone(timezone.utc)
    if office.appointment_only:
        return False
    return any(
        span.opens <= instant < span.closes and not span.by_appointment
        for span in spans_on(office, now.astimezone(office.zone).date())
    )


def status(office: Office, now: datetime) -> str:
    """What a visitor is told of an office at an aware moment, in words."""
    # In UTC, so that instants are compared: in November local clocks go through one
    # hour twice.
    now = now.astimezone(timezone.utc)
    today = now.astimezone(office.zone).date()
    closure = closure_on(office, today)
    closed = closure.closed_words if closure and not closure.opens else ""
    if office.appointment_only:
        words = _("By appointment only")
        return f"{words} · {closed}" if closed else words
    spans = spans_on(office, today)
    # Without a week, an office may still be open on a day that is a closure's.
    if not (office.spans or spans):
        return capitalised(closed) or _("Call for hours")
    if present := next((s for s in spans if s.opens <= now < s.closes), None):
        if present.by_appointment:
            return clock.until(present.closes)
        return _("Open now · closes %(time)s") % {"time": clock.at(present.closes)}
    words = capitalised(closed or _("closed"))
    following = next_opening(office, now, today)
    if not following:
        return words
    opens = _("opens %(when)s") % {"when": when(following.opens, today)}
    return f"{words} · {opens}"


def capitalised(words: str) -> str:
    # str.capitalize() would lower the name of the holiday.
    return words[:1].upper() + words[1:]


def next_opening(office: Office, now: datetime, today: date) -> Span | None:
    """The first Span that begins after now (in UTC) and is open to all, or None."""
    for days in range(HORIZON_DAYS):
        for span in spans_on(office, today + days * DAY):
            if span.opens > now and not span.by_appointment:
                return span
    return None


def when(moment: datetime, today: date) -> str:
    """'at 1:30 pm' today, 'tomorrow at 9 am', 'Monday at 9 am', 'January 4 at 9 am'."""
    days = (moment.date() - today).days
    if days == 0:
        return clock.at(moment)
    if days == 1:
        return _("tomorrow %(time)s") % {"time": clock.at(moment)}
    # Translators: the day an office opens on: "Monday", "January 4".
    day = pgettext("opens", "l") if days < 7 else pgettext("opens", "F j")
    day = date_format(moment, day)
    return f"{day} {clock.at(moment)}"


def next_change(office: Office, after: datetime) -> datetime:
    """The first aware moment after `after` at which status() may say something else:
    a span's beginning or end, or local midnight, when weekdays and closures turn."""
    today = after.astimezone(office.zone).date()
    edges = [at(office, today + DAY, time.min)]
    if not office.appointment_only:
        for span in spans_on(office, today):
            edges += [span.opens, span.closes]
    instant = after.astimezone(timezone.utc)
    return min(edge for edge in edges if edge > instant)
