"""An attorney's page has all articles of theirs, page by page."""

import re
from datetime import date

import pytest

from offices.models import Attorney
from posts.public import authors


@pytest.fixture
def author(set_up, publish, monkeypatch):
    """Two articles a page, which makes three pages."""
    monkeypatch.setattr(authors, "ARTICLES_PER_PAGE", 2)
    author = Attorney.objects.create(name="An Attorney", slug="an-attorney")
    for number in range(5):
        day = date(2025, 1, 1 + number)
        publish(f"Title {number}", author=author, published_on=day)
    publish("Somebody else's")
    return author


@pytest.mark.slow
def test_each_article_is_on_one_page(client, author):
    address, seen = "/attorneys/an-attorney/", []
    for number in (1, 2, 3):
        page = client.get(f"{address}?page={number}" if number > 1 else address)
        text = page.content.decode()
        rows = text.partition('<div class="rows')[2].partition("<footer")[0]
        seen += re.findall(r"<h3><a [^>]*>(.*?)</a>", rows)
        assert (f'href="?page={number + 1}"' in text) == (number < 3)
        assert (f'href="?page={number - 1}"' in text) == (number > 1)
    assert seen == [f"Title {number}" for number in reversed(range(5))]


@pytest.mark.slow
def test_a_page_of_it_is_its_own_canonical_address_or_not_found(client, author):
    page = client.get("/attorneys/an-attorney/?page=2").content.decode()
    canonical = 'rel="canonical" href="http://127.0.0.1:8000/attorneys/an-attorney/'
    assert f'{canonical}?page=2"' in page
    assert f'{canonical}"' in client.get("/attorneys/an-attorney/").content.decode()
    for number in ("0", "4", "-1", "x", "²", "9" * 30, ""):
        answer = client.get(f"/attorneys/an-attorney/?page={number}")
        assert answer.status_code == 404, number


def test_an_attorney_without_an_article_or_a_photograph_has_a_page(client, set_up):
    Attorney.objects.create(name="New Attorney", slug="new")
    page = client.get("/attorneys/new/").content.decode()
    assert "<h1>New Attorney</h1>" in page and "portrait" not in page


@pytest.mark.slow
def test_the_sitemap_has_attorneys_pages(author, sitemap):
    assert "http://127.0.0.1:8000/attorneys/an-attorney/</loc>" in sitemap()
