"""Every save and edition is listed, can be compared, and answers what was said when."""

import re
from datetime import timedelta
from html import unescape

import pytest
from helpers.desk import LIST
from helpers.recorded import unguarded

from posts import publishing
from posts.history import versions
from posts.models import Post

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def now(finished_firm, clock):
    return clock


def rows(client, post):
    found = client.get(f"{LIST}{post.pk}/history/").context["rows"]
    return [(state.what, state.by, labels) for state, _, labels in found]


@pytest.mark.slow
def test_every_save_and_approval_is_listed_with_who_and_what(
    staff_client, attorney, make_post, save, clock
):
    post = make_post()
    save(staff_client, post, body="<p>One.</p>")
    save(staff_client, post, body="<p>Two.</p>", title="Another title")
    save(
        staff_client, post, body="<p>Two.</p>", title="Another title", summary="Short."
    )
    clock.shift(60)
    publishing.publish(post, by=attorney)
    assert rows(staff_client, post) == [
        ("Edition 1 approved", "Anna Example", []),
        ("Saved", "Sam Example", ["Summary"]),
        ("Saved", "Sam Example", ["Title", "Text"]),
        ("Saved", "Sam Example", []),
    ]


@pytest.mark.slow
def test_a_save_that_changed_nothing_adds_no_line(staff_client, make_post, save):
    post = make_post()
    save(staff_client, post, body="<p>One.</p>")
    save(staff_client, post, body="<p>One.</p>")
    assert len(rows(staff_client, post)) == 1


@pytest.mark.slow
def test_any_two_can_be_chosen_and_compared(
    staff_client, attorney, make_post, save, clock
):
    post = make_post()
    save(staff_client, post, body="<p>A judge decides soon.</p>")
    clock.shift(60)
    publishing.publish(Post.objects.get(), by=attorney)
    save(staff_client, post, body="<p>A judge decides later.</p>")
    save(staff_client, post, body="<p>A judge decides late in the day.</p>")
    shown = staff_client.get(f"{LIST}{post.pk}/history/").content.decode()
    pairs = [
        re.findall(f'name="{side}" value="(.+?)"', shown)
        for side in ("before", "after")
    ]
    first, second, third = (state.key for state in versions.saves(post))
    assert pairs == [["now", third, second, "e1", first]] * 2
    chosen = {"before": "e1", "after": third}
    compared = staff_client.get(f"{LIST}{post.pk}/compare/", chosen)
    text = re.sub("<.+?>", "", compared.content.decode())
    assert "Edition 1 approved" in text and "late in the day" in text
    answer = staff_client.get(f"{LIST}{post.pk}/compare/?before=e1", follow=True)
    assert "Choose two to compare" in answer.content.decode()


@pytest.mark.slow
def test_two_saves_are_compared_as_prose(staff_client, make_post, save):
    post = make_post()
    save(staff_client, post, body="<p>A judge decides soon.</p>")
    save(staff_client, post, body="<p>A judge decides later.</p>", title="New")
    before, after = versions.saves(post)
    address = f"{LIST}{post.pk}/compare/?before={before.key}&after={after.key}"
    page = staff_client.get(address).content.decode()
    assert "<del> soon" in page and "<ins> later" in page
    assert "<del>A title</del> <ins>New</ins>" in page
    assert "&lt;p&gt;" not in page


@pytest.mark.slow
def test_a_made_up_state_is_not_found(staff_client, make_post):
    post = make_post()
    for key in ("v999999", "e9", "x", "v", "now2"):
        address = f"{LIST}{post.pk}/compare/?before=now&after={key}"
        assert staff_client.get(address).status_code == 404, key
        put_back = staff_client.post(f"{LIST}{post.pk}/restore/{key}/")
        assert put_back.status_code == 404, key


def test_a_state_of_another_article_is_not_found(staff_client, make_post, save):
    post, other = make_post(), make_post("Other")
    save(staff_client, other, title="Other", body="<p>Theirs.</p>")
    key = versions.saves(other)[0].key
    assert staff_client.post(f"{LIST}{post.pk}/restore/{key}/").status_code == 404


def test_the_record_is_for_the_desk_alone(client, staff, make_post):
    post = make_post()
    pages = [
        f"{LIST}{post.pk}/{name}/" for name in ("history", "compare", "restore/now")
    ]
    for page in pages:
        assert client.post(page).url.startswith("/admin/login/"), page
    staff.groups.clear()
    client.force_login(staff)
    for page in pages:
        assert client.post(page).status_code == 403, page


# What did this page say on …?


def answer(client, post, **when):
    page = client.get(f"{LIST}{post.pk}/history/", when)
    return page, [(e.number, intact) for e, intact in page.context.get("answer", [])]


@pytest.mark.slow
def test_the_record_answers_what_was_said_on_a_day(
    attorney_client, attorney, make_post, clock
):
    post = make_post(body="<p>First.</p>")
    first = publishing.publish(post, by=attorney)
    clock.shift(HOUR)
    Post.objects.update(body="<p>Second.</p>")
    publishing.publish(post, by=attorney)
    clock.shift(HOUR)
    publishing.withdraw(post, by=attorney)
    page, found = answer(attorney_client, post, day="2026-11-24")
    assert found == [(1, True), (2, True)]
    assert first.digest in page.content.decode()
    assert ", Nov 24, 2026, noon.</p>" in page.content.decode()
    assert ", Nov 24, 2026, 1 p.m.</p>" in page.content.decode(), "and no second stop"
    _, found = answer(attorney_client, post, day="2026-11-24", at="12:59")
    assert found == [(1, True)]
    _, found = answer(attorney_client, post, day="2026-11-24", at="13:00")
    assert found == [(2, True)]
    page, found = answer(attorney_client, post, day="2026-11-25")
    assert found == [] and "Nothing of this article could be read then." in (
        page.content.decode()
    )


def test_a_row_that_was_tampered_with_is_told(attorney_client, make_post):
    post = make_post()
    publishing.publish(post, by=None)
    unguarded("UPDATE posts_edition SET title = 'Never said'")
    page, found = answer(attorney_client, post, day="2026-11-24")
    assert found == [(1, False)]
    assert "does not match the words below" in page.content.decode()


@pytest.mark.slow
def test_the_record_says_why_what_the_checks_found_was_let_stand(
    attorney_client, attorney, make_post
):
    post = make_post(body="<p>We guarantee a green card.</p>")
    edition = publishing.publish(post, by=attorney, reason="It quotes an ad.")
    page, _ = answer(attorney_client, post, day="2026-11-24")
    text = page.content.decode()
    assert "It quotes an ad." in text
    assert all(finding["sentence"] in unescape(text) for finding in edition.warnings)


@pytest.mark.slow
def test_a_day_that_is_none_is_refused_with_a_sentence(staff_client, make_post):
    post = make_post()
    times = {"day": "x"}, {"day": "0001-01-01"}, {"day": "2026-11-24", "at": "25:00"}
    for when in times:
        page, found = answer(staff_client, post, **when)
        assert page.status_code == 200 and found == [], when
        assert page.context["form"].errors, when
