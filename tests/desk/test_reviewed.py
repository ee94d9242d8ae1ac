"""Reviewed and still right: what is due, what readers see of it, what is newer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from helpers.clock import NOON
from helpers.desk import LIST, page

from posts import publishing
from posts.models import Edition, Review
from posts.publishing.reviewing import most_pressing, overdue

pytestmark = pytest.mark.usefixtures("set_up", "clock")


def review(client, edition):
    address = f"{LIST}{edition.post_id}/reviewed/"
    return client.post(address, {"edition": edition.pk, "queue": ""}, follow=True)


@pytest.mark.slow
def test_one_press_says_reviewed_and_still_right(attorney_client, publish, clock):
    edition = publish(law_as_of=date(2018, 8, 27), published_on=date(2018, 8, 28))
    notice = "has not been reviewed since"
    assert notice in page(attorney_client, "/posts/a-title/")
    answer = review(attorney_client, edition).content.decode()
    assert "Next review: November 24, 2027." in answer
    for address in ("/posts/a-title/", "/feed/"):
        assert notice not in page(attorney_client, address)
    shown = page(attorney_client, "/posts/a-title/")
    assert 'Reviewed on <time datetime="2026-11-24">' in shown
    again = Edition.objects.get()
    assert (again.modified_at, again.digest) == (edition.modified_at, edition.digest)
    assert edition.post.state() == "Live"
    clock.move_to(NOON.replace(year=2027))
    shown = page(attorney_client, "/posts/a-title/")
    assert 'was last reviewed on <time datetime="2026-11-24">' in shown


@pytest.mark.slow
def test_a_review_is_of_the_words_that_were_read(attorney_client, publish, clock):
    edition = publish(law_as_of=date(2018, 8, 27))
    clock.shift(timedelta(hours=1))
    publishing.publish(edition.post, by=None)
    answer = review(attorney_client, edition).content.decode()
    assert "changed on the site" in answer and not Review.objects.exists()


@pytest.mark.slow
def test_a_review_lasts_over_a_typing_error_and_no_longer(
    attorney_client, publish, clock
):
    edition = publish(law_as_of=date(2018, 8, 27))
    review(attorney_client, edition)
    for substantive, is_due in ((False, False), (True, True)):
        clock.shift(timedelta(hours=1))
        publishing.publish(edition.post, by=None, substantive=substantive)
        (live,) = Edition.objects.live().with_reviews()
        assert live.review_is_overdue is is_due
        assert bool(overdue(1)) is is_due


@pytest.mark.slow
def test_the_queue_has_the_oldest_law_first_then_the_most_linked_to(publish):
    for title, day in (("B", 27), ("A", 27), ("Older", 26)):
        publish(title, law_as_of=date(2018, 8, day))
    publish("Links", body='<p><a href="/posts/a/">Read A</a></p>')
    assert [(e.title, e.links_to_it) for e in most_pressing(50)] == [
        ("Older", 0),
        ("A", 1),
        ("B", 0),
    ]


@pytest.mark.slow
def test_links_are_counted_in_so_many_of_the_newest_texts(publish, monkeypatch):
    monkeypatch.setattr("posts.publishing.reviewing.MAX_EDITIONS_READ", 2)
    publish("Due", law_as_of=date(2018, 8, 27))
    for number in range(3):
        publish(f"Links {number}", body='<p><a href="/posts/due/">Read</a></p>')
    (article,) = most_pressing(50)
    assert article.links_to_it == 2


@pytest.mark.parametrize(
    "fields, is_due",
    [
        ({"law_as_of": date(2025, 11, 25)}, False),
        ({"law_as_of": date(2025, 11, 24)}, True),
        ({"law_as_of": date(2018, 8, 27), "review_by": date(2026, 11, 25)}, False),
        ({"law_as_of": date(2026, 11, 1), "review_by": date(2026, 11, 24)}, True),
    ],
)
def test_the_queue_and_the_readers_notice_agree(publish, fields, is_due):
    edition = publish(**fields)
    assert edition.review_is_overdue is is_due
    assert bool(overdue(1)) is is_due


@pytest.mark.slow
def test_what_was_reviewed_is_due_again_in_its_place(
    attorney, attorney_client, publish, clock
):
    reviewed = publish("Reviewed", law_as_of=date(2018, 8, 27))
    review(attorney_client, reviewed)
    publish("Newer law", law_as_of=date(2026, 1, 1))
    clock.move_to(NOON.replace(year=2027))
    publish("Older law", law_as_of=date(2018, 1, 1))
    titles = [edition.title for edition in overdue(9)]
    assert titles == ["Older law", "Newer law", "Reviewed"]
    attorney_client.force_login(attorney)  # a year later
    review(attorney_client, reviewed)
    assert [edition.title for edition in overdue(1)] == ["Older law"]
    assert reviewed not in overdue(9)


@pytest.mark.slow
def test_a_newer_article_is_named_while_it_is_live(client, publish):
    newer = publish("The newer one").post
    publish("Older", superseded_by=newer)
    for address in ("/posts/older/", "/feed/"):
        assert "There is a newer article on this" in page(client, address)
    publishing.withdraw(newer, by=None)
    for address in ("/posts/older/", "/feed/"):
        assert "There is a newer article on this" not in page(client, address)


def test_an_article_does_not_supersede_itself(make_post):
    first = make_post("First")
    first.superseded_by = make_post("Second", superseded_by=first)
    with pytest.raises(ValidationError, match="leads back to the article itself"):
        first.clean()
