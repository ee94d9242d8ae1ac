"""What articles tell machines is what they tell people."""

import json
import re

import pytest
import time_machine
from helpers.clock import NOON

from offices.models import Attorney, Firm
from posts import publishing

SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def clock(set_up):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def author():
    return Attorney.objects.create(name="The Author", slug="the-author")


def data(client, address):
    page = client.get(address).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return page, [json.loads(block) for block in blocks]


@pytest.mark.slow
def test_an_article_says_who_wrote_it_when_and_where_it_stands(client, publish, author):
    publish(author=author, topics=["Asylum"], published_on="2026-11-02")
    page, [[posting, trail]] = data(client, "/posts/a-title/")
    assert posting["@type"] == "BlogPosting"
    assert posting["headline"] == "A title" and posting["keywords"] == ["Asylum"]
    assert posting["mainEntityOfPage"] == f"{SITE}/posts/a-title/"
    assert posting["author"] == {
        "@type": "Person",
        "name": "The Author",
        "url": f"{SITE}/attorneys/the-author/",
    }
    assert [step["item"] for step in trail["itemListElement"]] == [
        f"{SITE}/",
        f"{SITE}/posts/",
        f"{SITE}/posts/a-title/",
    ]


@pytest.mark.slow
def test_dates_are_those_that_readers_see(client, publish, make_post, clock):
    edition = publish(published_on="2026-11-02")
    clock.shift(3 * 24 * 3600)
    page, [[posting, _]] = data(client, "/posts/a-title/")
    assert (posting["datePublished"], posting["dateModified"]) == ("2026-11-02",) * 2
    assert "Updated" not in page
    publishing.publish(edition.post, by=None)
    page, [[posting, _]] = data(client, "/posts/a-title/")
    assert (posting["datePublished"], posting["dateModified"]) == (
        "2026-11-02",
        "2026-11-27",
    )
    assert 'Updated <time datetime="2026-11-27">November 27, 2026</time>' in page


def test_an_article_without_an_author_is_the_firms(client, publish):
    Firm.objects.update(name="The Firm")
    publish()
    _, [[posting, _]] = data(client, "/posts/a-title/")
    assert posting["author"]["name"] == posting["publisher"]["name"] == "The Firm"


def test_a_preview_tells_machines_nothing(attorney_client, make_post):
    address = f"/admin/posts/post/{make_post().pk}/preview/"
    page, found = data(attorney_client, address)
    assert found == [] and 'content="noindex"' in page and "og:" not in page


def test_the_front_page_names_the_site(client):
    Firm.objects.update(name="The Firm")
    _, [site, *offices] = data(client, "/")
    assert (site["@type"], site["name"]) == ("WebSite", "The Firm")
    assert [office["@type"] for office in offices] == ["LegalService"] * 2
