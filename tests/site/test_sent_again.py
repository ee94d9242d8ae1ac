"""A page that did not change is not sent again, and one that did is; what is long is
compressed; what is asked in an odd way is refused."""

import gzip
from contextlib import closing
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.test import Client
from helpers.clock import NOON

from offices.models import Attorney, Closure
from posts import publishing

pytestmark = pytest.mark.slow

PAGES = """
    / /posts/ /posts/a-title/ /posts/topics/asylum/ /posts/2026/ /attorneys/an-attorney/
    /about/ /disclaimer/ /privacy/ /es/privacy/ /accessibility/ /notario-fraud/
    /offices/ /offices/fort-lee/ /offices/fort-lee.4.vcf /offices/fort-lee.vcf
    /offices/fort-lee.ics
    /offices/fort-lee.svg /feed/ /feed/rss/ /feed/asylum/ /feed/asylum/rss/ /sitemap.xml
    /sitemap-pages-1.xml
    /feed/json/ /feed/asylum/json/ /attorneys/an-attorney/feed/ /llms.txt /card.png
    /attorneys/an-attorney/feed/rss/ /attorneys/an-attorney/feed/json/ /favicon.ico
    /apple-touch-icon.png /posts/a-title/card.png
    /robots.txt /.well-known/security.txt /healthz
""".split()


@pytest.fixture
def edition(set_up, publish):
    author = Attorney.objects.create(name="An Attorney", slug="an-attorney")
    day = date(2026, 12, 25)
    Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
    with time_machine.travel(NOON, tick=False):
        yield publish(topics=["Asylum"], published_on=date(2026, 1, 5), author=author)


def test_an_unchanged_page_is_not_sent_again(client, edition):
    packed = {"accept-encoding": "gzip"}
    some = "/", "/posts/a-title/", "/feed/", "/card.png", "/robots.txt"
    asked = [*((page, {}) for page in PAGES), *((page, packed) for page in some)]
    for address, headers in asked:
        tag = client.get(address, headers=headers).headers["ETag"]
        with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
            again = client.get(address, headers={**headers, "if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), address
        told = again["Content-Security-Policy"]
        assert told.startswith("base-uri 'none'; connect-src 'self';"), address
        assert not again.cookies, address


def test_a_changed_page_is_sent_again(client, edition):
    addresses = "/", "/posts/a-title/", "/feed/", "/feed/rss/"
    tags = {address: client.get(address).headers["ETag"] for address in addresses}
    edition.post.title = "Another title"
    edition.post.save()
    publishing.publish(edition.post, by=None)
    for address, tag in tags.items():
        again = client.get(address, headers={"if-none-match": tag})
        assert again.status_code == 200, address
        assert b"Another title" in again.content, address


def test_a_date_does_not_hide_a_withdrawal(client, publish, edition):
    publish("Stays", topics=["Asylum"])
    feeds = "/feed/", "/feed/rss/", "/feed/asylum/", "/feed/asylum/rss/"
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        publishing.withdraw(edition.post, by=None)
        asked = {"if-modified-since": "Tue, 24 Nov 2026 18:00:00 GMT"}
        for address in ("/", "/posts/", "/sitemap.xml", *feeds):
            assert client.get(address, headers=asked).status_code == 200, address


def test_what_is_long_is_compressed(client, edition):
    for address in ("/", "/posts/a-title/", "/feed/", "/admin/login/"):
        plain = client.get(address)
        packed = client.get(address, headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip", address
        assert all("Accept-Encoding" in one["Vary"] for one in (packed, plain)), address
        length = len(gzip.decompress(packed.content))
        assert length == len(plain.content) > len(packed.content), address


def test_an_odd_method_is_refused(client, edition):
    methods = "get", "post", "TRACE", "PUT", "OPTIONS", "X", ""
    addresses = "/", "/posts/a-title/", "/admin/", "/healthz"
    for method, address in product(methods, addresses):
        # As a server hands it on: Django would read it in capital letters.
        response = client.get(address, REQUEST_METHOD=method)
        assert response.status_code == 405, (method, address)
        allowed = {"/admin/": "GET, HEAD, POST"}.get(address, "GET, HEAD")
        assert response["Allow"] == allowed, (method, address)


def test_an_odd_method_is_refused_for_a_file_too(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("p {}")
    client = Client()
    for method in ("GET", "get", "post", "TRACE", "PUT", "OPTIONS", "X"):
        with closing(client.get("/static/a.css", REQUEST_METHOD=method)) as answer:
            assert answer.status_code == (200 if method == "GET" else 405), method


def test_https_is_insisted_on_but_not_for_hosts_that_are_not_ours(
    client, edition, settings
):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    plain = client.get("/posts/?page=1", headers={"host": "127.0.0.1"})
    assert plain.status_code == 301
    assert plain["Location"] == "https://127.0.0.1/posts/?page=1"
    secure = client.get("/posts/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=60"
    assert client.get("/healthz").status_code == 200
