"""A page ends with the moment at which time alone changes it."""

from datetime import date, time, timedelta

import pytest
from helpers.clock import NOON
from helpers.pagecache import ARTICLE

from offices.models import Office, OfficeHours
from posts import publishing
from posts.models import Post

pytestmark = pytest.mark.django_db(transaction=True)


def office():
    return Office.objects.first()


def opens_at_one():
    hours = {"opens": time(13), "closes": time(17)}
    OfficeHours.objects.create(office=office(), weekday=1, **hours)
    return "/offices/", timedelta(hours=1)


def goes_up():
    words = {"title": "Coming", "summary": "A.", "body": "<p>a</p>"}
    other = Post.objects.create(slug="coming", **words)
    publishing.publish(other, by=None, at=NOON + timedelta(minutes=30))
    return "/posts/", timedelta(minutes=30)


def comes_down():
    publishing.withdraw(Post.objects.get(), by=None, at=NOON + timedelta(minutes=7))
    return "/feed/", timedelta(minutes=7)


def review_is_due():
    """At midnight in New York."""
    post = Post.objects.get()
    post.review_by = date(2026, 11, 25)
    publishing.withdraw(post, by=None)
    post.save()
    publishing.publish(post, by=None)
    return ARTICLE, timedelta(hours=12)


@pytest.mark.slow
@pytest.mark.parametrize("event", [opens_at_one, goes_up, comes_down, review_is_due])
def test_a_page_ends_with_the_moment_at_which_time_changes_it(site, event):
    address, after = event()
    before = site(address)[2]
    site.clock.move_to(NOON + after - timedelta(seconds=1))
    assert site(address)[2] == before and len(site.asked) == 1
    site.clock.move_to(NOON + after)
    assert site(address)[2] != before and len(site.asked) == 2


def test_a_clock_set_back_does_not_serve_the_future(site):
    goes_up()
    site.clock.move_to(NOON + timedelta(hours=1))
    assert b"Coming" in site("/posts/")[2]
    site.clock.move_to(NOON)
    assert b"Coming" not in site("/posts/")[2]
