"""Nothing the desk writes is lost: every save, two people at once, and the way back."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from helpers.recorded import unguarded
from reversion.models import Version

from offices.models import Attorney
from posts import publishing
from posts.history import restoring, versions
from posts.models import Post, Topic

LIST = "/admin/posts/post/"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/New_York"))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(finished_firm):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def save(post_form, clock):
    """save(client, post, **fields) as the form does, a minute later than before."""

    def send(client, post, **fields):
        clock.shift(60)
        post.refresh_from_db()
        same = {"slug": post.slug, "summary": post.summary}
        form = post_form(post, **{**same, **fields})
        return client.post(f"{LIST}{post.pk}/change/", form)

    return send


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
def test_putting_back_is_shown_first_and_changes_nothing_public(
    staff_client, make_post, save
):
    post = make_post()
    save(staff_client, post, body="<p>First words.</p>")
    publishing.publish(post, by=None)
    save(staff_client, post, body="<p>Worse words.</p>")
    first = versions.saves(post)[0]
    address = f"{LIST}{post.pk}/compare/?before=now&after={first.key}&restore"
    page = staff_client.get(address)
    assert "Put it back like this" in page.content.decode()
    seen = {"version_token": page.context["version_token"]}
    staff_client.post(f"{LIST}{post.pk}/restore/{first.key}/", seen)
    assert Post.objects.get().body == "<p>First words.</p>"
    assert len(versions.saves(post)) == 3
    assert post.editions.count() == 1


@pytest.mark.slow
def test_nothing_is_put_back_over_a_save_that_nobody_saw(staff_client, make_post, save):
    post = make_post()
    save(staff_client, post, body="<p>First words.</p>")
    first = versions.saves(post)[0]
    address = f"{LIST}{post.pk}/compare/?before=now&after={first.key}&restore"
    seen = {"version_token": staff_client.get(address).context["version_token"]}
    save(staff_client, post, body="<p>Hers.</p>")
    address = f"{LIST}{post.pk}/restore/{first.key}/"
    page = staff_client.post(address, seen, follow=True).content.decode()
    assert "was changed by sam" in page
    assert Post.objects.get().body == "<p>Hers.</p>"


def test_an_edition_is_put_back_without_what_is_gone(staff_client, make_post, clock):
    author = Attorney.objects.create(name="Gone", slug="gone")
    post = make_post(author=author, topics=["Asylum"], slug="old-address")
    edition = publishing.publish(post, by=None)
    topic = Topic.objects.get()
    state = versions.approved(post)[-1]
    Post.objects.update(author=None, slug="a-title", body="<p>Other.</p>")
    make_post("Holds the address", slug="old-address")
    post.topics.clear()
    with connection.constraint_checks_disabled():
        edition.topics.clear()
    topic.delete()
    state.values["author_id"] = 999_999
    left_out = restoring.restore(Post.objects.get(pk=post.pk), state)
    post.refresh_from_db()
    assert (post.body, post.slug, post.author) == (edition.body, "a-title", None)
    assert left_out == [
        "Author is gone and was left out.",
        "Another article has the former address; the present one stays.",
        "A topic is gone and was left out.",
    ]


def test_what_was_dangerous_once_is_cleaned_when_it_is_read_or_put_back(make_post):
    post = make_post()
    state = versions.working_copy(post)
    state.values["body"] = "<p onclick='a()'>Words<script>b()</script></p>"
    assert state.body == "<p>Words</p>"
    restoring.restore(post, state)
    assert Post.objects.get().body == "<p>Words</p>"


@pytest.mark.parametrize("key", ["v999999", "e9", "x", "v", "now2"])
def test_a_made_up_state_is_not_found(staff_client, make_post, key):
    post = make_post()
    address = f"{LIST}{post.pk}/compare/?before=now&after={key}"
    assert staff_client.get(address).status_code == 404
    assert staff_client.post(f"{LIST}{post.pk}/restore/{key}/").status_code == 404


def test_a_state_of_another_article_is_not_found(staff_client, make_post, save):
    post, other = make_post(), make_post("Other")
    save(staff_client, other, title="Other", body="<p>Theirs.</p>")
    key = versions.saves(other)[0].key
    assert staff_client.post(f"{LIST}{post.pk}/restore/{key}/").status_code == 404


@pytest.mark.parametrize("page", ["history", "compare", "restore/now"])
def test_the_record_is_for_the_desk_alone(client, staff, make_post, page):
    address = f"{LIST}{make_post().pk}/{page}/"
    assert client.post(address).url.startswith("/admin/login/")
    staff.groups.clear()
    client.force_login(staff)
    assert client.post(address).status_code == 403


@pytest.mark.slow
def test_a_deleted_draft_can_be_recovered(attorney_client, make_post, save):
    post = make_post()
    save(attorney_client, post, body="<p>Dear words.</p>")
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"})
    assert not Post.objects.exists()
    assert f'href="{LIST}deleted/"' in attorney_client.get(LIST).content.decode()
    page = attorney_client.get(f"{LIST}deleted/").content.decode()
    (number,) = re.findall(r'name="version" value="(\d+)"', page)
    attorney_client.post(f"{LIST}deleted/", {"version": number})
    back = Post.objects.get()
    assert (back.pk, back.body) == (post.pk, "<p>Dear words.</p>")
    # What is not deleted any more is not brought back once more.
    again = attorney_client.post(f"{LIST}deleted/", {"version": number})
    assert again.status_code == 404


@pytest.mark.slow
def test_a_deleted_draft_comes_back_without_what_is_gone(
    attorney_client, make_post, save
):
    post = make_post()
    topic = Topic.objects.create(name="Gone", slug="gone")
    save(attorney_client, post, topics=[topic.pk])
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"})
    topic.delete()
    (version,) = Version.objects.get_deleted(Post)
    sent = {"version": version.pk}
    page = attorney_client.post(f"{LIST}deleted/", sent, follow=True)
    assert "A topic is gone and was left out." in page.content.decode()
    assert not Post.objects.get().topics.exists()


@pytest.mark.slow
def test_a_deleted_draft_stays_so_while_another_has_its_address(
    attorney_client, make_post, save
):
    post = make_post()
    save(attorney_client, post)
    attorney_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"})
    make_post()
    (version,) = Version.objects.get_deleted(Post)
    sent = {"version": version.pk}
    page = attorney_client.post(f"{LIST}deleted/", sent, follow=True)
    assert "Not brought back: Another article has this" in page.content.decode()
    assert Post.objects.count() == 1


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 30, "²"])
def test_a_made_up_number_brings_nothing_back(attorney_client, make_post, number):
    answer = attorney_client.post(f"{LIST}deleted/", {"version": number})
    assert answer.status_code == 404


@pytest.mark.slow
def test_an_earlier_save_is_put_back_in_one_way_alone(attorney_client, make_post, save):
    post = make_post()
    save(attorney_client, post, body="<p>Words.</p>")
    number = versions.saves(post)[0].key[1:]
    address = f"{LIST}{post.pk}/history/{number}/"
    for request in (attorney_client.get, attorney_client.post):
        # Django takes the rest of the address for a row's, and knows none.
        assert request(address, follow=True).redirect_chain[-1][0] == "/admin/"


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


@pytest.mark.parametrize(
    "when", [{"day": "x"}, {"day": "0001-01-01"}, {"day": "2026-11-24", "at": "25:00"}]
)
def test_a_day_that_is_none_is_refused_with_a_sentence(staff_client, make_post, when):
    page, found = answer(staff_client, make_post(), **when)
    assert page.status_code == 200 and found == []
    assert page.context["form"].errors


# Two people at one article.


@pytest.mark.slow
def test_the_second_to_save_sees_both_texts_and_overwrites_nothing(
    client, staff, attorney, make_post, save, post_form, clock
):
    post = make_post()
    client.force_login(staff)
    save(client, post, body="<p>The text as it was.</p>")
    post.refresh_from_db()
    theirs = post_form(post, body="<p>The text of Sam.</p>")
    mine = post_form(post, body="<p>The text of Anna.</p>", title="Mine")
    clock.shift(60)
    client.post(f"{LIST}{post.pk}/change/", theirs)
    client.force_login(attorney)
    answer = client.post(f"{LIST}{post.pk}/change/", mine)
    page = answer.content.decode()
    assert "sam saved it on Nov 24, 2026" in page
    assert "<del> as it was" in page and "<ins> of Sam" in page
    assert "The text of Anna." in page
    assert Post.objects.get().body == "<p>The text of Sam.</p>"
    over = answer.context["conflict"]["version_token"]
    client.post(f"{LIST}{post.pk}/change/", {**mine, "over": over})
    assert Post.objects.get().body == "<p>The text of Anna.</p>"


@pytest.mark.slow
def test_a_third_change_is_not_overwritten_either(
    attorney_client, make_post, post_form, save, clock
):
    post = make_post()
    stale = post_form(post, body="<p>Stale.</p>")
    save(attorney_client, post, body="<p>Second.</p>")
    answer = attorney_client.post(f"{LIST}{post.pk}/change/", stale)
    over = answer.context["conflict"]["version_token"]
    save(attorney_client, post, body="<p>Third.</p>")
    attorney_client.post(f"{LIST}{post.pk}/change/", {**stale, "over": over})
    assert Post.objects.get().body == "<p>Third.</p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "version_token", ["", "x", "2026-13-45", "2026-11-24T12:00:00"]
)
def test_a_made_up_stamp_saves_nothing(
    attorney_client, make_post, post_form, version_token
):
    form = post_form(body="<p>Forged.</p>")
    address = f"{LIST}{make_post().pk}/change/"
    page = attorney_client.post(address, {**form, "version_token": version_token})
    assert page.status_code == 200
    assert Post.objects.get().body == "<p>Text of A title.</p>"
