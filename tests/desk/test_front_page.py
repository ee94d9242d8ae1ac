"""The desk's front page: what waits, what comes and goes, and one's own drafts."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from helpers.clock import NOON
from helpers.desk import page
from helpers.offices import tap

from lawblog.keeping.models import JobRun
from offices.models import Closure
from posts import publishing
from posts.desk.calendar import coming, month_calendar, month_from
from posts.desk.due_days import due
from posts.models import REVIEW_INTERVAL, Review

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
    days = [
        (date(2026, 11, 30), ["goes live"]),
        (date(2026, 12, 1), ["is withdrawn"]),
    ]
    assert shown == days * 2, "each month shows its neighbours' days too"


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


@pytest.mark.slow
def test_what_is_to_come_is_a_list_with_closures(publish, fort_lee):
    publish("Later", at=NOON + timedelta(days=3))
    post = publish("Ends", at=NOON + timedelta(hours=1)).post
    publishing.withdraw(post, by=None, at=NOON + timedelta(days=2))
    day = date(2026, 11, 26)
    fort_lee.own_closures.create(first_day=day, last_day=day, cause="holiday")
    Closure.objects.create(first_day=date(2026, 11, 1), last_day=date(2026, 11, 2))
    told = [(f"{event.day:%d}", event.about, event.words) for event in coming(10)]
    assert told == [
        ("24", "Ends", "goes live"),
        ("26", "Fort Lee", "closed for a holiday"),
        ("26", "Ends", "is withdrawn"),
        ("27", "Later", "goes live"),
    ]
    assert len(coming(2)) == 2


def test_a_closure_of_days_stands_on_each_of_them(fort_lee):
    days = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 2)}
    fort_lee.own_closures.create(cause="moving", **days)
    weeks = month_calendar(date(2026, 12, 1))["weeks"]
    shut = [day.day for week in weeks for day, _, events in week if events]
    assert shut == [30, 1, 2]


@pytest.mark.slow
def test_what_is_due_stands_on_its_day(publish, attorney):
    day = date(2026, 12, 14)
    publish("Named day", review_by=day)
    publish("A year on", law_as_of=day - REVIEW_INTERVAL)
    publish("Later", review_by=date(2027, 2, 1))
    again = publish("Read again", review_by=date(2026, 11, 25))
    Review.objects.create(
        post=again.post,
        reviewed_by=attorney,
        reviewed_at=NOON,
        reviewed_on=NOON,
        next_review=day,
    )
    body = '<p>File <time data-deadline="?">by December 14, 2026</time>.</p>'
    publish("Has a deadline", body=body)
    told = [(e.day, e.words, e.about) for e in due(date(2026, 11, 24), day)]
    assert told == [
        (day, "due for review:", "A year on"),
        (day, "due for review:", "Named day"),
        (day, "due for review:", "Read again"),
        (day, "deadline in", "Has a deadline"),
    ]
    publish("One more", review_by=day)
    (many, deadline) = due(day, day)
    assert (many.about, many.address) == (
        "4 articles",
        "/admin/posts/post/needs-review/",
    )
    assert deadline in month_calendar(date(2026, 12, 1))["weeks"][2][1][2]


@pytest.mark.slow
def test_the_calendar_has_its_page_and_any_month(staff_client, staff, publish):
    publish("Late", at=datetime(2026, 12, 9, 12, tzinfo=ZoneInfo("America/New_York")))
    shown = page(staff_client, "/admin/calendar/?month=2026-12")
    assert "December 2026" in shown and "noon, goes live <span" in shown
    assert "Nothing goes live" in page(staff_client, "/admin/calendar/?month=2030-01")
    staff.groups.clear()
    assert staff_client.get("/admin/calendar/").status_code == 403


BOXES = (
    "waiting",
    "returned",
    "scheduled",
    "needs-review",
    "behind",
    "drafts",
    "month",
)


@pytest.mark.slow
def test_empty_boxes_are_not_drawn(staff_client):
    front = page(staff_client, "/admin/")
    assert "Nothing is waiting for you." in front
    assert not [box for box in BOXES if f'<h2 id="{box}"' in front]


@pytest.mark.slow
def test_the_attorney_is_led_to_what_waits(attorney_client, staff, make_post, publish):
    make_post("New one", submitted_at=NOON, updated_by=staff)
    changed = publish("Changed").post
    type(changed).objects.filter(pk=changed.pk).update(submitted_at=NOON)
    front = page(attorney_client, "/admin/")
    assert f'href="/admin/posts/post/{changed.pk}/publish/"' in front
    assert "Change to a live article. Sent Nov 24, 2026, noon." in front
    assert "New. Sent Nov 24, 2026, noon by Sam Example." in front


@pytest.mark.slow
def test_a_sentence_that_ends_in_the_afternoon_has_one_full_stop(
    attorney_client, attorney, staff, make_post, clock
):
    three = NOON + timedelta(hours=3)
    clock.move_to(three)
    staff.last_name = "O'Example Jr."
    staff.save()
    for number, by in enumerate((None, staff)):
        make_post(f"Sent {number}", submitted_at=three, updated_by=by)
        make_post(f"Draft {number}", updated_by=by)
    make_post("Own draft", updated_by=attorney)
    clock.move_to(NOON)
    front = page(attorney_client, "/admin/")
    for said in ("Sent", "Saved"):
        assert f"{said} Nov 24, 2026, 3 p.m.</p>" in front
        assert f"{said} Nov 24, 2026, 3 p.m. by Sam O&#x27;Example Jr.</p>" in front
    assert "Saved Nov 24, 2026, 3 p.m. by you.</p>" in front


@pytest.mark.slow
def test_more_than_fit_are_said_to_be_more(attorney_client, make_post):
    for number in range(12):
        make_post(f"No {number}", submitted_at=NOON)
    front = page(attorney_client, "/admin/")
    assert "<span>10+</span>" in front and front.count("Read and approve</a>") == 10


@pytest.mark.slow
def test_still_right_is_one_press_that_comes_back(attorney_client, publish):
    edition = publish("Old law", law_as_of=date(2024, 1, 2))
    assert "Old law" in page(attorney_client, "/admin/")
    address = f"/admin/posts/post/{edition.post_id}/reviewed/"
    press = {"edition": edition.pk, "desk": ""}
    answer = attorney_client.post(address, press, follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/"
    assert "needs-review" not in answer.content.decode()


@pytest.mark.slow
def test_a_tap_on_the_front_page_comes_back_to_it(staff_client, fort_lee):
    answer = tap(staff_client, fort_lee, "close", back="desk")
    assert answer.redirect_chain[-1][0] == "/admin/"
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "why", cause="weather", back="desk")
    assert fort_lee.own_closures.get().cause == "weather"
    assert "Closed because of the weather" in page(staff_client, "/admin/")


@pytest.mark.slow
def test_the_state_of_record_and_backups_is_a_line(attorney_client, staff):
    front = page(attorney_client, "/admin/")
    assert "The record has not been checked yet" in front
    assert "No backup was made yet" in front
    JobRun.objects.create(name="backup", succeeded_at=NOON)
    assert "Last backup Nov 24, 2026, noon" in page(attorney_client, "/admin/")
    JobRun.objects.update(failed=True)
    assert "The last backup failed" in page(attorney_client, "/admin/")
    attorney_client.force_login(staff)
    assert "backup" not in page(attorney_client, "/admin/")


def test_staff_see_their_own_drafts(staff_client, staff, make_post):
    make_post("Mine", updated_by=staff)
    make_post("Not mine")
    front = page(staff_client, "/admin/")
    assert "Your drafts" in front and "Mine" in front and "Not mine" not in front


def test_staff_see_what_was_returned_to_them_with_its_note(
    staff_client, staff, attorney, make_post
):
    make_post("Mine", updated_by=staff, returned_note="Say when it ends.")
    make_post("Not mine", updated_by=attorney, returned_note="No.")
    front = page(staff_client, "/admin/")
    box = front.split('<h2 id="returned"')[1].split("<h2")[0]
    assert "Mine" in box and "Say when it ends." in box and "Not mine" not in front
