"""Times and weeks in the words that people use for them."""

from datetime import datetime, time, timezone
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from offices import clock, hours, week
from offices.models import OfficeHours


def span(weekday, opens="09:00", closes="17:00"):
    opens, closes = time.fromisoformat(opens), time.fromisoformat(closes)
    return OfficeHours(weekday=weekday, opens=opens, closes=closes)


@pytest.mark.parametrize(
    "opens, closes, words",
    [
        ("09:00", "17:00", "9 am–5 pm"),
        ("09:30", "12:30", "9:30 am–12:30 pm"),
        ("13:30", "17:30", "1:30–5:30 pm"),
        ("09:00", "12:00", "9 am–noon"),
        ("12:00", "17:00", "noon–5 pm"),
        ("00:30", "01:00", "12:30–1 am"),
    ],
)
def test_a_span_is_said_once_where_it_can(opens, closes, words):
    assert clock.span(time.fromisoformat(opens), time.fromisoformat(closes)) == words


@pytest.mark.parametrize(
    "spans, days",
    [
        ([span(day) for day in range(5)], ["Mon–Fri", "Sat, Sun"]),
        ([span(day) for day in range(7)], ["Mon–Sun"]),
        ([span(day) for day in (0, 2, 4)], ["Mon, Wed, Fri", "Tue, Thu, Sat, Sun"]),
        ([*map(span, range(3)), span(4)], ["Mon–Wed, Fri", "Thu, Sat, Sun"]),
        (
            [*map(span, range(4)), span(4, closes="12:00")],
            ["Mon–Thu", "Fri", "Sat, Sun"],
        ),
        ([], []),
    ],
)
def test_days_of_the_same_hours_are_named_together(spans, days):
    assert [names for names, _ in week.in_words(spans)] == days


def test_two_spans_of_a_day_are_in_order_and_a_closed_day_has_none():
    late, early = span(0, "13:30"), span(0, closes="12:30")
    assert week.in_words([late, early]) == [("Mon", [early, late]), ("Tue–Sun", [])]


def test_an_appointment_keeps_a_day_apart():
    by_appointment = span(1)
    by_appointment.by_appointment = True
    names = [names for names, _ in week.in_words([span(0), by_appointment])]
    assert names == ["Mon", "Tue", "Wed–Sun"]


@pytest.mark.parametrize(
    "moment, words",
    [
        ("13:00", "a la 1 p. m."),
        ("17:30", "a las 5:30 p. m."),
        ("12:00", "a las 12 del mediodía"),
    ],
)
def test_spanish_says_one_oclock_in_the_singular(moment, words):
    with override("es"):
        assert clock.at(time.fromisoformat(moment)) == words


def test_spanish_names_the_days_in_full():
    with override("es"):
        (days, _), (closed, _) = week.in_words([span(day) for day in range(5)])
    assert (days, closed) == ("Lunes a viernes", "Sábado, domingo")


@pytest.mark.parametrize(
    "opens, by_appointment, appointment_only, is_open",
    [
        ("09:00", False, False, True),
        ("13:00", False, False, False),
        ("09:00", True, False, False),
        ("09:00", False, True, False),
    ],
)
def test_open_is_when_anybody_may_walk_in(
    opens, by_appointment, appointment_only, is_open
):
    row = span(0, opens)
    row.by_appointment = by_appointment
    office = SimpleNamespace(
        zone=ZoneInfo("America/New_York"),
        appointment_only=appointment_only,
        spans=[row],
        closures=[],
    )
    monday = datetime(2026, 11, 23, 15, tzinfo=timezone.utc)  # 10 am in New York
    assert hours.is_open(office, monday) is is_open
