"""What readers saw at a moment, from the record, with who let it through."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from helpers.clock import NOON

from lawblog.records.verify import check
from offices.models import Firm, Office
from posts import publishing
from posts.models import Topic

HOUR = timedelta(hours=1)
PAGE = "/admin/record/"


@pytest.fixture
def past(request, make_post):
    """Noon: published. An hour later: withdrawn, the firm renamed, an office's phone
    changed, a topic proposed."""
    with time_machine.travel(NOON, tick=False) as clock:
        # Within, so that the offices and accounts are not of a later day.
        attorney = request.getfixturevalue("attorney")
        Firm.objects.update(name="The First Name")
        post = make_post("Bond hearings", topics=["Bonds"])
        publishing.publish(post, by=attorney, reason="Read.")
        clock.shift(HOUR)
        publishing.withdraw(post, by=attorney, reason="Old.")
        Firm.objects.update(name="The Second Name")
        Office.objects.filter(slug="fort-lee").update(phone="(201) 555-0123")
        Topic.objects.create(name="Proposed", slug="proposed")
        clock.shift(HOUR)
        yield


def seen(client, at):
    local = timezone.localtime(at)
    page = client.get(PAGE, {"day": f"{local:%Y-%m-%d}", "at": f"{local:%H:%M}"})
    return page.content.decode()


@pytest.mark.slow
def test_the_record_shows_what_readers_saw_and_who_let_it_through(past, staff_client):
    then = seen(staff_client, NOON + HOUR / 2)
    assert "Bond hearings" in then and "Anna Example" in then
    assert "<dd>The First Name" in then and "<dd>The Second Name" not in then
    assert "(201) 448-9837" in then and "Bonds" in then
    later = seen(staff_client, NOON + HOUR)
    assert "Bond hearings" not in later
    assert "<dd>The Second Name" in later and "(201) 555-0123" in later


@pytest.mark.slow
def test_what_waits_for_the_attorney_was_not_seen(past, staff_client):
    assert "Proposed" not in seen(staff_client, NOON + HOUR)


@pytest.mark.slow
def test_accounts_are_not_what_readers_saw(past, staff_client):
    _, _, shown = seen(staff_client, NOON + HOUR).partition('id="content"')
    assert shown and "Sam Example" not in shown


@pytest.mark.parametrize("asked", [{"day": "x"}, {"day": "2026-11-24", "at": "x"}, {}])
def test_a_made_up_moment_is_refused_with_a_sentence(staff_client, asked):
    page = staff_client.get(PAGE, asked)
    assert page.status_code == 200 and "rows" not in page.context


def test_readers_do_not_see_the_record(client, db):
    assert client.get(PAGE).url.startswith("/admin/login/")


@pytest.mark.slow
def test_the_desk_says_whether_the_record_holds(past, staff_client):
    assert "has not been checked yet" in staff_client.get("/admin/").content.decode()
    check()
    assert "Record intact" in staff_client.get("/admin/").content.decode()
    assert "Record intact" in staff_client.get(PAGE).content.decode()


@pytest.mark.slow
def test_the_words_of_an_article_are_one_press_away(past, staff_client):
    then = seen(staff_client, NOON + HOUR / 2)
    (address,) = re.findall(r'href="(/admin/posts/post/\d+/history/[^"]+)"', then)
    page = staff_client.get(address.replace("&amp;", "&")).content.decode()
    assert "Text of Bond hearings." in page


@pytest.mark.slow
def test_what_is_shown_can_be_narrowed_by_words(past, staff_client):
    asked = {"day": "2026-11-24", "at": "12:30", "words": "bond HEARINGS"}
    rows = staff_client.get(PAGE, asked).context["rows"]
    assert [row.recorded.subject for row in rows] == ["posts.edition"]


@pytest.mark.slow
def test_no_more_is_shown_than_a_page_holds(past, staff_client, monkeypatch):
    monkeypatch.setattr("lawblog.records.desk.ROWS_SHOWN", 2)
    page = seen(staff_client, NOON + HOUR / 2)
    assert page.count("<details>") == 2 and "Only the first 2 are shown" in page
