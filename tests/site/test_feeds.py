"""Feeds in each format, of everything, a topic, an attorney and a language."""

import json
import re
from datetime import date, datetime

import feedparser
import pytest
from helpers.feeds import ARTICLE, SITE, page

from posts.models import Post

pytestmark = pytest.mark.usefixtures("named_firm", "clock")


FEEDS = ["/feed/", "/feed/asylum/", "/attorneys/the-author/feed/"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "rss/"])
@pytest.mark.parametrize("address", FEEDS)
def test_xml_feeds_are_read_without_complaint(client, shelf, address, kind):
    feed = feedparser.parse(client.get(f"{address}{kind}").content)
    assert feed.bozo == 0
    titles = {entry.title for entry in feed.entries}
    assert titles == ({"A title", "Another"} if address == "/feed/" else {"A title"})
    [entry] = [entry for entry in feed.entries if entry.title == "A title"]
    assert entry.link == f"{SITE}{ARTICLE}"
    assert "<p>Fish &amp; <em>chips</em></p>" in entry.content[0].value
    assert feed.feed.language == "en"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "rss/"])
def test_a_character_that_xml_forbids_takes_no_feed_down(client, publish, kind):
    """As of a presentation program's line break."""
    publish("Two\x0blines", slug="a", summary="S\x01", topics=["A\x02"])
    feed = feedparser.parse(client.get(f"/feed/{kind}").content)
    (entry,) = feed.entries
    assert (entry.title, entry.tags[0].term) == ("Twolines", "A") and feed.bozo == 0
    post = Post(title="Two\x0blines", slug="b", body="<p>c\x0bd</p>")
    post.full_clean()
    post.save()
    assert (post.title, Post.objects.get(slug="b").body) == ("Twolines", "<p>cd</p>")


@pytest.mark.slow
@pytest.mark.parametrize("address", FEEDS)
def test_json_feeds_keep_to_their_format(client, shelf, address):
    """jsonfeed.org/version/1.1: what a feed and an item must have, and its types."""
    response = client.get(f"{address}json/")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}{address}json/"
    assert feed["title"] and feed["home_page_url"].startswith(SITE)
    for item in feed["items"]:
        assert item["id"].startswith("tag:127.0.0.1,2026:article/")
        assert item["url"].startswith(SITE) and item["content_html"]
        assert set(map(type, item["tags"])) <= {str}
        assert all(a["name"] and a["url"] for a in item["authors"])
        assert datetime.fromisoformat(item["date_published"]).tzinfo
    assert feed["items"][-1]["title"] == "A title"
    assert feed["items"][-1]["authors"] == [
        {"name": "The Author", "url": f"{SITE}/attorneys/the-author/"}
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "rss/", "json/"])
@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_in_one_language(client, shelf, address, kind):
    feed = page(client, f"/es{address}{kind}")
    assert "Hola" in feed and "A title" not in feed


@pytest.mark.slow
@pytest.mark.parametrize(
    "address, feeds",
    [
        ("/", ["/feed/"]),
        ("/posts/topics/asylum/", ["/feed/asylum/", "/feed/"]),
        ("/attorneys/the-author/", ["/attorneys/the-author/feed/", "/feed/"]),
        ("/es/", ["/es/feed/"]),
    ],
)
def test_a_page_names_its_feeds(client, shelf, address, feeds):
    link = r'type="application/(?:atom\+xml|feed\+json)"[^>]*href="([^"]*)"'
    named = [part for feed in feeds for part in (feed, f"{feed}json/")]
    found = re.findall(link, page(client, address))
    assert found == named
    assert all(page(client, feed) for feed in found)


def entries(client, kind=""):
    return feedparser.parse(client.get(f"/feed/{kind}").content).entries


@pytest.mark.slow
@pytest.mark.parametrize("kind", ("", "rss/"))
def test_an_item_stays_the_same_when_its_address_changes(client, publish, kind, clock):
    post = publish("Fees").post
    (before,) = entries(client, kind)
    clock.shift(60)
    post.slug = "fees-after-a-denial"
    post.save()
    publish(post)
    (after,) = entries(client, kind)
    assert before.id == after.id and before.link != after.link


@pytest.mark.parametrize("kind", ("", "rss/"))
def test_an_item_carries_the_time_at_which_it_went_live(client, publish, kind):
    publish("Fees")
    (entry,) = entries(client, kind)
    # Noon in New York.
    assert entry.published_parsed[:5] == (2026, 11, 24, 17, 0)


def test_what_is_older_than_the_site_has_a_day_and_no_time(client, publish):
    publish("Fees", published_on=date(2019, 3, 5))
    (entry,) = entries(client)
    assert entry.published_parsed[:5] == (2019, 3, 5, 5, 0)
    assert entry.updated_parsed[:3] == (2019, 3, 5)


@pytest.mark.slow
def test_a_second_correction_on_the_same_day_moves_the_item(client, publish, clock):
    post = publish("Fees").post
    seen = []
    for _ in range(3):
        (entry,) = entries(client)
        seen.append(entry.updated_parsed[:5])
        clock.shift(600)
        post.body += "<p>More.</p>"
        post.save()
        publish(post)
    assert seen == [(2026, 11, 24, 17, m) for m in (0, 10, 20)]
