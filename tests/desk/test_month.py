"""The desk's front page: what comes and goes this month, and one's own drafts."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from helpers.desk import NOON, page

from posts import publishing
from posts.desk.schedule import coming, month_calendar, month_from

pytestmark = pytest.mark.usefixtures("set_up", "clock")


def test_the_month_shows_what_comes_and_goes_in_new_york_time(publish):
    late = datetime(2026, 11, 30, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    post = publish("Late", at=late).post
    publishing.withdraw(post, by=None, at=late + timedelta(hours=1))
    shown = [
        (day, [event.words for event in events])
        for month in (date(2026, 11, 1), date(2026, 12, 1))
        for week in month_calendar(month)["weeks"]
        for day, _, events in week
        if events
    ]
    assert shown == [
        (date(2026, 11, 30), ["goes live"]),
        (date(2026, 12, 1), ["is withdrawn"]),
    ]


def test_a_replacement_is_one_event_and_called_off_is_none(publish):
    post = publish("First").post
    publish(post, at=NOON + timedelta(hours=1))
    words = _words(date(2026, 11, 1))
    assert words == ["goes live", "update goes live"]
    publishing.cancel(post, by=None)
    assert _words(date(2026, 11, 1)) == ["goes live"]


def _words(month):
    weeks = month_calendar(month)["weeks"]
    return [e.words for week in weeks for _, _, events in week for e in events]


@pytest.mark.parametrize(
    "text, first",
    [
        ("2026-12", date(2026, 12, 1)),
        ("", date(2026, 11, 1)),
        (None, date(2026, 11, 1)),
        ("0001-01", date(2026, 11, 1)),
        ("9999-12", date(2026, 11, 1)),
        ("nonsense", date(2026, 11, 1)),
    ],
)
def test_any_month_in_the_address_is_a_month(text, first):
    assert month_from(text) == first


def test_staff_see_their_own_drafts(staff_client, staff, make_post):
    make_post("Mine", updated_by=staff)
    make_post("Not mine")
    front = page(staff_client, "/admin/")
    assert "Your drafts" in front and "Mine" in front and "Not mine" not in front
