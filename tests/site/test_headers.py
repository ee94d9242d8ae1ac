"""What every answer carries, and what no answer carries."""

import gzip
import re
from contextlib import closing
from datetime import date, datetime, timedelta, timezone

import pytest
import time_machine
from django.conf import settings as site_settings
from django.test import Client

from offices.models import Attorney, Closure
from posts import publishing

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
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
    /robots.txt /.well-known/security.txt /healthz /search/?q=text /nothing/ /%00
""".split()
FORM = "/admin/posts/post/{}/change/"
DESK = f"""
    /admin/ /admin/posts/post/ {FORM} /admin/posts/post/{{}}/preview/
    /admin/posts/post/{{}}/publish/ /admin/posts/post/{{}}/withdraw/
    /admin/posts/post/{{}}/links/
    /admin/posts/post/{{}}/history/ /admin/offices/office/add/ /admin/login/
    /admin/offices/office/ /admin/offices/closure/suggest/ /admin/nothing/
    /admin/upload/ /admin/offices/page/
""".split()


@pytest.fixture(autouse=True)
def edition(set_up, publish):
    author = Attorney.objects.create(name="An Attorney", slug="an-attorney")
    day = date(2026, 12, 25)
    Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
    with time_machine.travel(NOW, tick=False):
        yield publish(topics=["Asylum"], published_on=date(2026, 1, 5), author=author)


def policy(response):
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_a_public_answer_lets_nothing_in_and_nothing_be_learned(client):
    for address in PAGES:
        response = client.get(address)
        assert policy(response) == STRICT, address
        # In every process the same.
        assert list(policy(response)) == sorted(STRICT), address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "no-referrer", address
        assert response["X-DNS-Prefetch-Control"] == "off", address
        assert "geolocation=()" in response["Permissions-Policy"], address
        assert "camera=()" in response["Permissions-Policy"], address
        kept = "no-store" if address.startswith("/search/") else "no-cache"
        assert response["Cache-Control"] == kept, address
        # What is refused unread is no page that a frame could show.
        assert response.get("X-Frame-Options") == (
            None if address == "/%00" else "DENY"
        ), address


def test_our_answers_are_for_our_own_pages_and_pictures_for_all(attorney_client):
    """What the Observatory (algorithm 6) asks for beyond the policy."""
    pictures = ("/card.png", "/posts/a-title/card.png", "/favicon.ico")
    for address in (*PAGES, "/admin/", FORM.format(1), "/offices/fort-lee.svg"):
        response = attorney_client.get(address)
        assert response["Cross-Origin-Embedder-Policy"] == "require-corp", address
        shared = address in pictures or address.endswith((".png", ".svg"))
        assert response["Cross-Origin-Resource-Policy"] == (
            "cross-origin" if shared else "same-origin"
        ), address


@pytest.mark.parametrize("method", ["get", "post", "TRACE", "PUT", "OPTIONS", "X", ""])
@pytest.mark.parametrize("address", ["/", "/posts/a-title/", "/admin/", "/healthz"])
def test_an_odd_method_is_refused(client, method, address):
    # As a server hands it on: Django would read it in capital letters.
    response = client.get(address, REQUEST_METHOD=method)
    assert response.status_code == 405
    asked = {"/admin/": "GET, HEAD, POST"}.get(address, "GET, HEAD")
    assert response["Allow"] == asked


@pytest.mark.parametrize("method", ["get", "post", "TRACE", "PUT", "OPTIONS", "X"])
def test_an_odd_method_is_refused_for_a_file_too(settings, tmp_path, method):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("p {}")
    for asked, status in (("GET", 200), (method, 405)):
        with closing(Client().get("/static/a.css", REQUEST_METHOD=asked)) as answer:
            assert answer.status_code == status


def test_pages_tell_tor_browser_of_the_onion_service(client, settings):
    onion = f"http://{'a' * 56}.onion"
    assert "Onion-Location" not in client.get("/")
    settings.ONION_URL = onion
    assert client.get("/posts/?page=1")["Onion-Location"] == f"{onion}/posts/?page=1"
    assert b"onion" not in client.get("/posts/").content
    for address in ("/admin/login/", "/feed/", "/card.png"):
        assert "Onion-Location" not in client.get(address), address


def test_whoever_finds_a_hole_is_told_whom_to_tell(client, settings):
    address = "/.well-known/security.txt"
    text = client.get(address).content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "tel:+12014489837"
    assert fields["Preferred-Languages"] == "en, es"
    assert fields["Canonical"] == f"{settings.SITE_URL}{address}"
    lapses = datetime.fromisoformat(fields["Expires"]) - NOW
    assert timedelta(days=150) < lapses < timedelta(days=365)
    settings.SECURITY_CONTACT = "mailto:security@example.com"
    text = client.get(address).content.decode()
    assert "Contact: mailto:security@example.com\n" in text


def test_a_public_answer_is_the_same_for_all(attorney_client):
    """No cookie, nothing that a date could get wrong, nothing for the signed in."""
    for address in PAGES:
        signed_in, stranger = attorney_client.get(address), Client().get(address)
        assert signed_in.content == stranger.content, address
        for response in (signed_in, stranger):
            assert not response.cookies, address
            assert "Last-Modified" not in response.headers, address
            assert "cookie" not in response.headers.get("Vary", "").lower(), address


def test_a_reader_has_neither_session_nor_name(attorney_client):
    read, worked = (attorney_client.get(p).wsgi_request for p in ("/posts/", "/admin/"))
    for name in ("session", "user", "_messages"):
        assert not hasattr(read, name) and hasattr(worked, name)


def test_the_desk_is_not_kept_and_says_nothing_to_other_sites(attorney_client, edition):
    for address in DESK:
        response = attorney_client.get(address.format(edition.post.pk))
        assert "no-store" in response["Cache-Control"], address
        assert response["Referrer-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "DENY", address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert "camera=()" in response["Permissions-Policy"], address
        # Only the editor's form may run what the editor writes.
        assert (policy(response) == STRICT) is (address != FORM), address


@pytest.mark.parametrize(
    "address", [FORM, "/admin/posts/post/add/", "/admin/offices/attorney/add/"]
)
def test_the_editors_form_is_widened_by_no_more_than_it_needs(
    attorney_client, edition, address
):
    found = policy(attorney_client.get(address.format(edition.post.pk)))
    assert found == {
        **STRICT,
        "script-src-elem": "'self' 'unsafe-inline'",
        "script-src-attr": "'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "frame-src": "'self'",
    }


def test_a_stranger_at_the_editors_form_gets_the_strict_policy(client, edition):
    response = client.get(FORM.format(edition.post.pk))
    assert (response.status_code, policy(response)) == (302, STRICT)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_unchanged_page_is_not_sent_again(client, encoding):
    headers = {"accept-encoding": encoding}
    for address in PAGES[:-3]:
        tag = client.get(address, headers=headers).headers["ETag"]
        with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
            again = client.get(address, headers={**headers, "if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), address
        assert policy(again) == STRICT and not again.cookies, address


@pytest.mark.parametrize("address", ["/", "/posts/a-title/", "/feed/", "/feed/rss/"])
def test_a_changed_page_is_sent_again(client, edition, address):
    tag = client.get(address).headers["ETag"]
    edition.post.title = "Another title"
    edition.post.save()
    publishing.publish(edition.post, by=None)
    again = client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 200 and b"Another title" in again.content


FEEDS = ["/feed/", "/feed/rss/", "/feed/asylum/", "/feed/asylum/rss/"]


@pytest.mark.parametrize("address", ["/", "/posts/", "/sitemap.xml", *FEEDS])
def test_a_date_does_not_hide_a_withdrawal(client, publish, edition, address):
    publish("Stays", topics=["Asylum"])
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        publishing.withdraw(edition.post, by=None)
        asked = {"if-modified-since": "Tue, 24 Nov 2026 18:00:00 GMT"}
        assert client.get(address, headers=asked).status_code == 200


@pytest.mark.parametrize("address", ["/", "/posts/a-title/", "/feed/", "/admin/login/"])
def test_what_is_long_is_compressed(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
    length = len(gzip.decompress(packed.content))
    assert length == len(plain.content) > len(packed.content)


def test_https_is_insisted_on_but_not_for_hosts_that_are_not_ours(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    plain = client.get("/posts/?page=1", headers={"host": "127.0.0.1"})
    assert plain.status_code == 301
    assert plain["Location"] == "https://127.0.0.1/posts/?page=1"
    secure = client.get("/posts/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=60"
    assert client.get("/healthz").status_code == 200


PLAIN = [
    page for page in PAGES if "feed" not in page and not page.endswith((".png", ".ico"))
]


def test_a_page_loads_and_sends_nothing_elsewhere(client):
    for address in PLAIN:
        nothing_leads_elsewhere(client.get(address).content.decode(), address)


def nothing_leads_elsewhere(page, address):
    own = ("/", "#", "?", "tel:", "mailto:?", f"{site_settings.SITE_URL}/")
    # Directions are links: they send nothing until one is followed.
    maps = r"https://(?:www.openstreetmap.org|maps.apple.com)/|geo:"
    page = re.sub(rf'<a href="(?:{maps})[^"]*" rel="[^>]*>', "", page)
    # So are ways to send an article on, and the way out.
    page = re.sub(r'<a href="(?:https://wa.me/|sms:)[^"]*" rel="[^>]*>', "", page)
    page = re.sub(
        r'<a class="exit" href="https://www.google.com/" rel="[^>]*>', "", page
    )
    for link in re.findall(r'(?:href|src|action)="([^"]*)"', page):
        assert link.startswith(own) and not link.startswith("//"), address
    # The one form asks for what is public, in the address, and sends no data.
    form = r'<form class="search" role="search" action="(?:/es)?/search/">'
    page = re.sub(form, "", page)
    # The one kind of script is data for search engines, which nothing runs.
    page = page.replace('<script type="application/ld+json">', "")
    assert not re.search("<script|<form|<iframe", page), address
