"""What pages share is made once, and anew when something changes."""

import pytest

from lawblog.pagecache import snapshot
from lawblog.pagecache.fragments import cached_fragment
from offices.models import Firm, Office
from posts.models import Topic
from posts.public import lists

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def new_clock(monkeypatch):
    monkeypatch.setattr("lawblog.pagecache.fragments.snapshots", snapshot.Snapshots())


@pytest.fixture(autouse=True)
def no_look(monkeypatch):
    """However slow this machine is, no look falls between two requests."""
    monkeypatch.setattr(snapshot, "LOOK_EVERY_SECONDS", 3600)


def test_the_firms_record_is_read_once(client, set_up, django_assert_num_queries):
    client.get("/offices/")
    with django_assert_num_queries(0):
        assert "Fort Lee" in client.get("/offices/").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", "/posts/", "/posts/?page=2"])
def test_a_list_asks_for_its_articles_alone(
    client, set_up, publish, address, django_assert_num_queries
):
    for number in range(12):
        publish(
            f"Number {number}",
            topics=["Asylum"],
            published_on=f"2026-01-{number + 1:02}",
        )
    client.get(address)
    with django_assert_num_queries(1):
        assert "Number" in client.get(address).content.decode()


@pytest.mark.slow
def test_an_article_asks_for_itself_and_its_neighbours(
    client, set_up, publish, django_assert_num_queries
):
    for name in ("Before", "A title", "After"):
        publish(name, topics=["Asylum"])
    client.get("/posts/a-title/")
    with django_assert_num_queries(2):
        page = client.get("/posts/a-title/").content.decode()
    # As a neighbour, as related and among the recent ones.
    assert page.count("/posts/before/") == page.count("/posts/after/") == 3


@pytest.mark.slow
def test_a_card_is_made_once_for_all_lists(client, set_up, publish, monkeypatch):
    publish(topics=["Asylum"])
    client.get("/posts/")
    monkeypatch.setattr("posts.models.Edition.description", "Made again")
    for address in ("/posts/", "/posts/2026/", "/posts/topics/asylum/"):
        page = client.get(address).content.decode()
        assert "Summary of A title" in page and "Made again" not in page


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", "/es/offices/", "/nothing-here/"])
def test_a_change_is_on_the_next_page(client, set_up, address):
    client.get(address)
    Firm.objects.update(name="Example Firm")
    Office.objects.filter(slug="new-york").update(street="306 Broadway")
    shown = client.get(address).content.decode()
    assert "Example Firm" in shown and "306 Broadway" in shown


@pytest.mark.slow
def test_each_language_has_its_own(client, set_up):
    for address, words in (("/", "Articles"), ("/es/", "Artículos")) * 2:
        assert words in client.get(address).content.decode()


def test_the_oldest_part_makes_room(monkeypatch, set_up):
    monkeypatch.setattr("lawblog.pagecache.snapshot.MAX_FRAGMENTS", 2)
    made = [cached_fragment(name, lambda name=name: f"first {name}") for name in "abc"]
    assert made == ["first a", "first b", "first c"]
    again = [
        cached_fragment(name, lambda name=name: f"second {name}") for name in "bca"
    ]
    assert again == ["first b", "first c", "second a"]


@pytest.mark.slow
def test_what_was_read_before_a_change_is_not_kept_after_it(
    client, set_up, publish, monkeypatch
):
    """A list has read its topics, then one gets a new name, then the cards are made."""
    publish(topics=["Asylum"])

    def newest(*args, **kwargs):
        rows = lists.newest(*args, **kwargs)
        Topic.objects.update(name="Renamed")
        return rows

    with monkeypatch.context() as during:
        during.setattr("posts.public.views.newest", newest)
        client.get("/posts/")
    assert "Asylum" not in client.get("/posts/").content.decode()


def test_what_was_made_during_a_change_is_not_kept(set_up):
    def make():
        Firm.objects.update(name="Later")
        return "of before"

    assert cached_fragment("key", make) == "of before"
    assert cached_fragment("key", lambda: "of now") == "of now"
