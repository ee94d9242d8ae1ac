"""What changed in an article: of public editions alone, and only if the firm wants."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation
from helpers.clock import NOON

from offices.models import Firm
from posts import publishing
from posts.models import Edition, Post
from posts.public.changes import changes_of

HOUR = timedelta(hours=1)
TOLD = (
    "Taken off the site on %(day)s and no longer shown.",
    "What stood here before was taken off the site and is no longer shown.",
)
PAGE = "/posts/a-title/changes/"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def changes():
    return changes_of(Edition.objects.live().get())


@pytest.fixture
def rewrite(clock):
    def make(post, body, title="A title", **options):
        clock.shift(HOUR)
        words = {"body": f"<p>{body}</p>", "title": title}
        Post.objects.filter(pk=post.pk).update(**words)
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
def test_withdrawn_words_are_not_told_when_the_article_is_back(
    client, publish, rewrite, clock
):
    post = publish(body="<p>Kept words.</p>").post
    rewrite(post, "The name of a client.", title="Of a client")
    # They stood in an edition before the withdrawn one, too.
    rewrite(post, "The name of a client!", title="Of a client")
    clock.shift(HOUR)
    publishing.withdraw(post, by=None, reason="It names a client.")
    rewrite(post, "No name.", title="Of nobody")
    page = client.get(PAGE).content.decode()
    assert "client" not in page and "Kept words" not in page
    assert "Taken off the site on Nov 24, 2026, 3 p.m. and no longer shown." in page
    assert "What stood here before was taken off the site" in page
    found = [(c.edition.number, bool(c.withdrawn_on), c.is_withheld) for c in changes()]
    told = (4, False, True), (3, True, True), (2, False, True), (1, False, False)
    assert found == [*told]
    # From here on everything is told again.
    rewrite(post, "Not a name.")
    page = client.get(PAGE).content.decode()
    assert "client" not in page and "<ins>Not" in page
    with translation.override("es"):
        texts = [translation.gettext(words) for words in TOLD]
    assert [text[:9] for text in texts] == ["Se retiró", "Lo que ha"]


@pytest.mark.slow
def test_what_was_replaced_or_came_back_unchanged_is_told(
    client, publish, rewrite, clock
):
    post = publish(body="<p>The same.</p>").post
    clock.shift(HOUR)
    publishing.withdraw(post, by=None, reason="For a while.")
    rewrite(post, "The same.")
    page = client.get(PAGE).content.decode()
    assert "The words stayed the same." in page and "Taken off the site" in page
    rewrite(post, "Next.", at=NOON + 9 * HOUR)
    clock.move_to(NOON + 9 * HOUR)
    page = client.get(PAGE).content.decode()
    assert "<del>The same.</del>" in page and page.count("Taken off the site") == 1


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
