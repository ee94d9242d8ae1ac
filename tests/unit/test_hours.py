"""What an office's status says, and when it changes, to the second."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from offices import hours
from offices.models import Closure, Office, OfficeHours

NEW_YORK = ZoneInfo("America/New_York")
WEEK = [
    *[(day, "09:00", "12:30", False) for day in range(5)],
    *[(day, "13:30", "17:30", False) for day in range(4)],
    (5, "10:00", "12:00", True),
]
CLOSURES = [
    (date(2026, 11, 26), date(2026, 11, 26), None, None, "Thanksgiving"),
    (date(2026, 12, 24), date(2026, 12, 24), "09:00", "12:00", "Christmas Eve"),
    (date(2026, 12, 25), date(2027, 1, 3), None, None, "the winter holidays"),
]


def clock(text):
    return text and time.fromisoformat(text)


@pytest.fixture
def office():
    """Unsaved: hours.py asks for nothing but these attributes."""

    class Desk:
        zone = NEW_YORK
        appointment_only = False
        spans = [
            OfficeHours(
                weekday=day, opens=clock(a), closes=clock(b), by_appointment=appointed
            )
            for day, a, b, appointed in WEEK
        ]
        closures = [
            Closure(first_day=a, last_day=b, opens=clock(c), closes=clock(d), reason=e)
            for a, b, c, d, e in CLOSURES
        ]

    return Desk()


def at(text):
    """'2026-11-23 09:00' on New York's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


INSTANTS = [
    # An ordinary Monday, at each boundary.
    ("2026-11-23 08:59:59", "Closed · opens at 9 am"),
    ("2026-11-23 09:00:00", "Open now · closes at 12:30 pm"),
    ("2026-11-23 12:29:59", "Open now · closes at 12:30 pm"),
    ("2026-11-23 12:30:00", "Closed · opens at 1:30 pm"),
    ("2026-11-23 17:29:59", "Open now · closes at 5:30 pm"),
    ("2026-11-23 17:30:00", "Closed · opens tomorrow at 9 am"),
    # A holiday, from its first to its last second.
    ("2026-11-25 23:59:59", "Closed · opens Friday at 9 am"),
    ("2026-11-26 00:00:00", "Closed for Thanksgiving · opens tomorrow at 9 am"),
    ("2026-11-26 23:59:59", "Closed for Thanksgiving · opens tomorrow at 9 am"),
    # A half day, and days off that reach over the new year.
    ("2026-12-24 11:59:59", "Open now · closes at noon"),
    ("2026-12-24 12:00:00", "Closed · opens January 4 at 9 am"),
    ("2026-12-31 10:00:00", "Closed for the winter holidays · opens Monday at 9 am"),
    # By appointment is not open; a weekend; the night the clocks go back.
    ("2026-11-28 10:30:00", "By appointment until noon"),
    ("2026-11-28 12:00:00", "Closed · opens Monday at 9 am"),
    ("2026-11-01 01:30:00", "Closed · opens tomorrow at 9 am"),
    # The night the clocks go forward.
    ("2027-03-14 03:00:00", "Closed · opens tomorrow at 9 am"),
]


@pytest.mark.parametrize("moment, words", INSTANTS)
def test_status_at_an_instant(office, moment, words):
    assert hours.status(office, at(moment)) == words
    assert hours.status(office, at(moment).astimezone(timezone.utc)) == words


@pytest.mark.parametrize("moment, _", INSTANTS)
def test_an_office_by_appointment_never_claims_to_be_open(office, moment, _):
    office.appointment_only = True
    words = hours.status(office, at(moment))
    assert words.startswith("By appointment only")
    assert "pen" not in words.partition("appointment")[2].replace("closed", "")


def test_an_office_by_appointment_says_when_it_is_closed(office):
    office.appointment_only = True
    words = hours.status(office, at("2026-11-26 10:00"))
    assert words == "By appointment only · closed for Thanksgiving"


def test_unknown_hours_are_not_invented(office):
    office.spans = []
    assert hours.status(office, at("2026-11-23 10:00")) == "Call for hours"
    # But for a day of special hours, on which it is open.
    half_day = at("2026-12-24 10:00")
    assert hours.is_open(office, half_day)
    assert hours.status(office, half_day) == "Open now · closes at noon"
    assert hours.status(office, at("2026-11-26 10:00")) == "Closed for Thanksgiving"


def test_the_words_change_at_next_change_and_not_before(office):
    """Walk from change to change through a month: the words just before each are
    those just after the last."""
    moment = at("2026-11-20 00:00").astimezone(timezone.utc)
    end = moment + timedelta(days=50)
    while moment < end:
        change = hours.next_change(office, moment)
        assert moment < change <= moment + timedelta(hours=25)
        before = change - timedelta(seconds=1)
        assert hours.status(office, before) == hours.status(office, moment)
        moment = change.astimezone(timezone.utc)


@pytest.mark.parametrize("day", ["2026-11-01", "2027-03-14"])
def test_changes_come_in_order_on_the_nights_the_clocks_change(office, day):
    office.spans = [
        OfficeHours(weekday=6, opens=time(0, 30), closes=time(1, 30)),
        OfficeHours(weekday=6, opens=time(2, 30), closes=time(4, 0)),
    ]
    moment, found = at(f"{day} 00:00"), []
    for _ in range(5):
        moment = hours.next_change(office, moment)
        found.append(f"{moment:%H:%M}")
    assert found == ["00:30", "01:30", "02:30", "04:00", "00:00"]


def test_its_own_closure_comes_before_one_of_all_offices(office):
    own = Closure(
        office=Office(pk=1),
        first_day=date(2026, 11, 26),
        last_day=date(2026, 11, 26),
        reason="moving",
    )
    office.closures = [*office.closures, own]
    words = hours.status(office, at("2026-11-26 10:00"))
    assert words.startswith("Closed for moving")


def test_a_whole_day_comes_before_special_hours(office):
    day = date(2026, 11, 24)
    special = {"opens": time(10), "closes": time(16), "reason": "training"}
    both = [
        Closure(office_id=1, first_day=day, last_day=day, **fields)
        for fields in (special, {"reason": "snow"})
    ]
    for closures in (both, both[::-1]):
        office.closures = closures
        assert hours.closure_on(office, day).reason == "snow"


def test_touching_spans_are_one(office):
    office.spans = [
        OfficeHours(weekday=0, opens=time(9), closes=time(12)),
        OfficeHours(weekday=0, opens=time(12), closes=time(17)),
    ]
    words = hours.status(office, at("2026-11-23 10:00"))
    assert words == "Open now · closes at 5 pm"


def test_time_is_the_offices_own(office):
    office.zone = ZoneInfo("America/Los_Angeles")
    assert (
        hours.status(office, at("2026-11-23 12:00")) == "Open now · closes at 12:30 pm"
    )


def test_an_hour_that_comes_twice_is_open_once(office):
    office.spans = [OfficeHours(weekday=6, opens=time(0, 30), closes=time(1, 30))]
    first = at("2026-11-01 01:15")
    assert hours.status(office, first) == "Open now · closes at 1:30 am"
    assert hours.status(office, first.replace(fold=1)).startswith("Closed")
