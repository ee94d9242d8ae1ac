"""What every answer carries, and what no answer carries."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings as site_settings
from helpers.clock import NOON
from helpers.desk_pages import FORMS, POST

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
# The editor's: two as they are in a list of all pages.
EDITORS = [*FORMS, "/admin/offices/attorney/add/"]
PICTURES = (".png", ".ico", ".svg")


def policy(response):
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_a_public_answer_lets_nothing_in_and_nothing_be_learned(asked):
    for address, response in asked.public.items():
        assert policy(response) == STRICT, address
        # In every process the same.
        assert list(policy(response)) == sorted(STRICT), address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "no-referrer", address
        assert response["X-DNS-Prefetch-Control"] == "off", address
        assert "geolocation=()" in response["Permissions-Policy"], address
        assert "camera=()" in response["Permissions-Policy"], address
        kept = "no-cache"
        if address.startswith(("/search/", "/preview/")):
            kept = "no-store"
        assert response["Cache-Control"] == kept, address
        # What is refused unread is no page that a frame could show.
        assert response.get("X-Frame-Options") == (
            None if address == "/%00" else "DENY"
        ), address


def test_our_answers_are_for_our_own_pages_and_pictures_for_all(asked):
    """What the Observatory (algorithm 6) asks for beyond the policy."""
    for address, response in {**asked.signed_in, **asked.desk}.items():
        assert response["Cross-Origin-Embedder-Policy"] == "require-corp", address
        assert response["Cross-Origin-Resource-Policy"] == (
            "cross-origin" if address.endswith(PICTURES) else "same-origin"
        ), address


def test_a_public_answer_is_the_same_for_all(asked):
    """No cookie, nothing that a date could get wrong, nothing for the signed in."""
    for address, stranger in asked.public.items():
        assert asked.signed_in[address].content == stranger.content, address
        for response in (asked.signed_in[address], stranger):
            assert not response.cookies, address
            assert "Last-Modified" not in response.headers, address
            assert "cookie" not in response.headers.get("Vary", "").lower(), address


def test_a_reader_has_neither_session_nor_name(asked):
    read, worked = asked.signed_in["/posts/a-title/"], asked.desk["/admin/"]
    for name in ("session", "user", "_messages"):
        assert not hasattr(read.wsgi_request, name)
        assert hasattr(worked.wsgi_request, name)


def test_the_desk_is_not_kept_and_says_nothing_to_other_sites(asked):
    for address, response in {**asked.desk, **asked.entrance}.items():
        assert "no-store" in response["Cache-Control"], address
        assert response["Referrer-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "DENY", address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert "camera=()" in response["Permissions-Policy"], address
        # Only the editor's form may run what the editor writes.
        assert (policy(response) == STRICT) is (address not in EDITORS), address


def test_the_editors_form_is_widened_by_no_more_than_it_needs(asked):
    for address in EDITORS:
        assert policy(asked.desk[address]) == {
            **STRICT,
            "script-src-elem": "'self' 'unsafe-inline'",
            "script-src-attr": "'unsafe-inline'",
            "style-src": "'self' 'unsafe-inline'",
            "frame-src": "'self'",
        }, address


def test_a_stranger_at_the_editors_form_gets_the_strict_policy(client, make_post):
    response = client.get(f"{POST}change/".format(post=make_post().pk))
    assert (response.status_code, policy(response)) == (302, STRICT)


@pytest.mark.slow
def test_pages_tell_tor_browser_of_the_onion_service(client, set_up, settings):
    onion = f"http://{'a' * 56}.onion"
    assert "Onion-Location" not in client.get("/")
    settings.ONION_URL = onion
    assert client.get("/posts/?page=1")["Onion-Location"] == f"{onion}/posts/?page=1"
    assert b"onion" not in client.get("/posts/").content
    for address in ("/admin/login/", "/feed/", "/card.png"):
        assert "Onion-Location" not in client.get(address), address


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_whoever_finds_a_hole_is_told_whom_to_tell(client, set_up, settings, at_noon):
    address = "/.well-known/security.txt"
    text = client.get(address).content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "tel:+12014489837"
    assert fields["Preferred-Languages"] == "en, es"
    assert fields["Canonical"] == f"{settings.SITE_URL}{address}"
    lapses = datetime.fromisoformat(fields["Expires"]) - NOON
    assert timedelta(days=150) < lapses < timedelta(days=365)
    settings.SECURITY_CONTACT = "mailto:security@example.com"
    text = client.get(address).content.decode()
    assert "Contact: mailto:security@example.com\n" in text


def test_a_page_loads_and_sends_nothing_elsewhere(asked):
    for address, response in asked.public.items():
        if response["Content-Type"].startswith("text/html"):
            nothing_leads_elsewhere(response.content.decode(), address)


def nothing_leads_elsewhere(page, address):
    own = ("/", "#", "?", "tel:", "mailto:?", f"{site_settings.SITE_URL}/")
    # Directions are links: they send nothing until one is followed.
    maps = r"https://(?:www.openstreetmap.org|maps.apple.com)/|geo:"
    page = re.sub(rf'<a href="(?:{maps})[^"]*" rel="[^>]*>', "", page)
    # So is what the article itself names, and the law that it rests on.
    page = re.sub(r'<a href="https://(?:example|www.uscis).gov/[^"]*"', "<a", page)
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
