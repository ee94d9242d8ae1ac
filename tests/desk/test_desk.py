"""The article's own pages at the desk: who may press what, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from helpers.clock import NOON
from helpers.desk import withdraw

from posts.models import Edition, Post

LIST = "/admin/posts/post/"


@pytest.fixture(autouse=True)
def clock(finished_firm):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def post(make_post):
    return make_post()


def approve(client, post, **fields):
    """Press “Approve and publish” on the page that shows the post as it is now."""
    address = f"{LIST}{post.pk}/publish/"
    seen = client.get(address).context["form"].initial["version_token"]
    return client.post(address, {"version_token": seen, "substantive": "on", **fields})


def state(client):
    """What the list says of the only article."""
    (post,) = client.get(LIST).context["cl"].result_list
    return post.state()


@pytest.mark.slow
def test_saving_changes_nothing_that_readers_see(attorney_client, publish, post_form):
    post = publish(body="<p>Approved words.</p>").post
    form = post_form(post, body="<p>New words.</p>")
    attorney_client.post(f"{LIST}{post.pk}/change/", form)
    assert Post.objects.get().body == "<p>New words.</p>"
    page = attorney_client.get("/posts/a-title/").content.decode()
    assert "Approved words." in page and "New words." not in page
    assert state(attorney_client) == "Live with unpublished changes"


@pytest.mark.slow
def test_the_list_says_where_an_article_stands(attorney_client, post, clock):
    assert state(attorney_client) == "Draft"
    approve(attorney_client, post, at="2026-11-24T21:00")
    assert state(attorney_client) == (
        "Scheduled for Nov 24, 2026, 9 p.m. New York time"
    )
    clock.shift(timedelta(hours=9, seconds=1))
    assert state(attorney_client) == "Live"
    assert attorney_client.get("/posts/a-title/").status_code == 200
    withdraw(attorney_client, post, reason="Old.")
    assert state(attorney_client) == "Withdrawn"
    assert attorney_client.get("/posts/a-title/").status_code == 404


@pytest.mark.slow
def test_an_approval_is_recorded(attorney_client, attorney, post):
    approve(attorney_client, post)
    edition = Edition.objects.get()
    assert (edition.approved_by, edition.approved_at) == (attorney, NOON)
    page = attorney_client.get(f"{LIST}{post.pk}/change/").content.decode()
    assert edition.digest in page and "Anna Example, Nov 24, 2026, noon" in page


@pytest.mark.slow
@pytest.mark.parametrize("page", ["publish", "withdraw"])
def test_staff_neither_publish_nor_withdraw(staff_client, publish, make_post, page):
    live = publish("Live").post
    draft = make_post("Draft")
    for post in (live, draft):
        answer = staff_client.post(f"{LIST}{post.pk}/{page}/", {"version_token": "a"})
        assert answer.status_code == 403
        assert "You may not do this" in answer.content.decode()
    assert [edition.post for edition in Edition.objects.live()] == [live]


def test_a_forged_button_of_staff_saves_nothing(staff_client, post, post_form):
    form = post_form(title="Forged", _publish="1")
    answer = staff_client.post(f"{LIST}{post.pk}/change/", form)
    assert answer.status_code == 403
    assert Post.objects.get().title == "A title" and not Edition.objects.exists()


@pytest.mark.parametrize("page", ["change", "preview", "publish", "withdraw"])
def test_strangers_are_asked_to_sign_in(client, post, page):
    for answer in (
        client.get(f"{LIST}{post.pk}/{page}/"),
        client.post(f"{LIST}{post.pk}/{page}/"),
    ):
        assert answer.url.startswith("/admin/login/")


@pytest.mark.slow
@pytest.mark.parametrize(
    "at, sentence",
    [
        ("2027-03-14T02:30", "The clocks change that night"),
        ("2027-11-07T01:30", "The clocks change that night"),
        ("2026-11-24T11:59", "This time has passed."),
        ("tomorrow", "Give a day and a time that there are"),
        ("9999-01-01T00:00", "Check the year"),
    ],
)
def test_a_time_that_cannot_be_is_refused(attorney_client, post, at, sentence):
    page = approve(attorney_client, post, at=at)
    assert sentence in page.content.decode()
    assert not Edition.objects.exists()
    page = attorney_client.post(
        f"{LIST}{post.pk}/withdraw/", {"at": at, "reason": "Old."}
    )
    assert sentence in page.content.decode()


def test_two_articles_do_not_share_an_address(staff_client, post, post_form):
    form = post_form(title="Another", body="<p>Typed for an hour.</p>")
    page = staff_client.post(f"{LIST}add/", form).content.decode()
    assert "Another article has this address." in page
    assert "Typed for an hour." in page
    assert Post.objects.count() == 1


@pytest.mark.slow
def test_words_that_moved_on_are_not_approved(attorney_client, post):
    address = f"{LIST}{post.pk}/publish/"
    seen = attorney_client.get(address).context["form"].initial["version_token"]
    Post.objects.update(summary="Slipped in meanwhile.")
    page = attorney_client.post(address, {"version_token": seen}).content.decode()
    assert "The article was changed after you opened this page" in page
    assert not Edition.objects.exists()


@pytest.mark.slow
def test_an_endless_title_is_refused_with_a_sentence(staff_client, post_form, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE //= 10
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    said = {
        most // 2: (200, "at most 200 characters"),
        most * 2: (413, "too large or not well formed"),
    }
    for length, (status, sentence) in said.items():
        page = staff_client.post(f"{LIST}add/", post_form(title="A" * length))
        assert page.status_code == status
        assert sentence in page.content.decode()
    assert not Post.objects.exists()
