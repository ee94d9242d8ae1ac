"""What changed in an article: of public editions alone, and only if the firm wants."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from offices.models import Firm
from posts import publishing
from posts.models import Edition, Post
from posts.public.changes import changes_of

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.get_default_timezone())
HOUR = timedelta(hours=1)
PAGE = "/posts/a-title/changes/"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def changes():
    return changes_of(Edition.objects.live().get())


@pytest.fixture
def rewrite(clock):
    def make(post, body, **options):
        clock.shift(HOUR)
        Post.objects.filter(pk=post.pk).update(body=f"<p>{body}</p>")
        return publishing.publish(Post.objects.get(pk=post.pk), by=None, **options)

    return make


@pytest.mark.slow
def test_each_public_edition_is_told_with_what_differs(client, publish, rewrite):
    post = publish(body="<p>Bring two forms.</p>").post
    rewrite(post, "Bring three forms.")
    rewrite(post, "Bring three forms!", substantive=False)
    page = client.get(PAGE).content.decode()
    assert "two</del><ins>" in page and "three</ins>" in page
    told = [(c.edition.number, c.is_substantive) for c in changes()]
    assert told == [(3, False), (2, True), (1, True)]
    assert f'href="{PAGE}"' in client.get("/posts/a-title/").content.decode()


@pytest.mark.slow
def test_what_was_never_public_is_not_told(client, publish, rewrite, clock):
    post = publish(body="<p>First.</p>").post
    rewrite(post, "Secret plan.", at=NOON + 5 * HOUR)
    publishing.cancel(post, by=None)
    rewrite(post, "Coming.", at=NOON + 9 * HOUR)
    page = client.get(PAGE).content.decode()
    assert "Secret" not in page and "Coming" not in page
    assert [c.edition.number for c in changes()] == [1]


def test_a_withdrawn_article_tells_nothing(client, publish, rewrite):
    post = publish().post
    rewrite(post, "Other.")
    publishing.withdraw(post, by=None)
    assert client.get(PAGE).status_code == 404


@pytest.mark.slow
def test_the_attorney_can_switch_it_off_for_the_site(client, publish, rewrite, set_up):
    rewrite(publish().post, "Other.")
    Firm.objects.update(show_changes=False)
    assert client.get(PAGE).status_code == 404
    assert "/changes/" not in client.get("/posts/a-title/").content.decode()


@pytest.mark.slow
def test_a_long_history_costs_as_much_as_its_newest_editions(publish, rewrite):
    post = publish().post
    for number in range(25):
        rewrite(post, f"Number {number}.")
    assert len(changes()) == 20
    assert all(change.before for change in changes())
