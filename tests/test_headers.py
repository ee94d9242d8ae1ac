"""What every answer carries, what no answer carries, and what no template holds."""

import gzip
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as site_settings
from django.test import Client

from offices.models import Attorney, Closure
from posts import publishing

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
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
    /offices/ /offices/fort-lee/ /offices/fort-lee.vcf /offices/fort-lee.ics
    /offices/fort-lee.svg /feed/ /feed/rss/ /feed/asylum/ /feed/asylum/rss/ /sitemap.xml
    /robots.txt /healthz /search/?q=text /nothing/ /%00
""".split()
FORM = "/admin/posts/post/{}/change/"
DESK = f"""
    /admin/ /admin/posts/post/ {FORM} /admin/posts/post/{{}}/preview/
    /admin/posts/post/{{}}/publish/ /admin/posts/post/{{}}/withdraw/
    /admin/posts/post/{{}}/links/
    /admin/posts/post/{{}}/history/ /admin/offices/office/add/ /admin/login/
    /admin/offices/office/ /admin/offices/closure/suggest/ /admin/nothing/
    /admin/upload/
""".split()
each_page = pytest.mark.parametrize("address", PAGES)
each_desk = pytest.mark.parametrize("address", DESK)
each_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


@pytest.fixture(autouse=True)
def edition(set_up, publish):
    Attorney.objects.create(name="An Attorney", slug="an-attorney")
    day = date(2026, 12, 25)
    Closure.objects.create(first_day=day, last_day=day, reason="Christmas Day")
    with time_machine.travel(NOW, tick=False):
        yield publish(topics=["Asylum"], published_on=date(2026, 1, 5))


def policy(response):
    directives = response["Content-Security-Policy"].split(";")
    return dict(directive.strip().split(" ", 1) for directive in directives)


@each_page
def test_a_public_answer_lets_nothing_in_and_nothing_be_learned(client, address):
    response = client.get(address)
    assert policy(response) == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    kept = "no-store" if address.startswith("/search/") else "no-cache"
    assert response["Cache-Control"] == kept


@pytest.mark.parametrize("address", PAGES[:-1])
def test_no_public_page_is_framed(client, address):
    assert client.get(address)["X-Frame-Options"] == "DENY"


@each_page
def test_a_public_answer_is_the_same_for_all(attorney_client, address):
    """No cookie, nothing that a date could get wrong, nothing for the signed in."""
    signed_in, stranger = attorney_client.get(address), Client().get(address)
    assert signed_in.content == stranger.content
    for response in (signed_in, stranger):
        assert not response.cookies and "Last-Modified" not in response.headers
        assert "cookie" not in response.headers.get("Vary", "").lower()


@each_desk
def test_the_desk_is_not_kept_and_says_nothing_to_other_sites(
    attorney_client, edition, address
):
    response = attorney_client.get(address.format(edition.post.pk))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


@each_desk
def test_only_the_editors_form_may_run_what_the_editor_writes(
    attorney_client, edition, address
):
    found = policy(attorney_client.get(address.format(edition.post.pk)))
    assert (found == STRICT) is (address != FORM)


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


@pytest.mark.parametrize("address", PAGES[:-3])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_unchanged_page_is_not_sent_again(client, address, encoding):
    headers = {"accept-encoding": encoding}
    tag = client.get(address, headers=headers).headers["ETag"]
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        again = client.get(address, headers={**headers, "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert policy(again) == STRICT and not again.cookies


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


@pytest.mark.parametrize("address", [page for page in PAGES if page[1:5] != "feed"])
def test_a_page_loads_and_sends_nothing_elsewhere(client, address):
    page = client.get(address).content.decode()
    own = ("/", "#", "?", "tel:", f"{site_settings.SITE_URL}/")
    # Directions are a link: it sends nothing until it is followed.
    page = re.sub(r'<a href="https://www.openstreetmap.org/[^>]* rel="[^>]*>', "", page)
    for link in re.findall(r'(?:href|src|action)="([^"]*)"', page):
        assert link.startswith(own) and not link.startswith("//")
    # The one form asks for what is public, in the address, and sends no data.
    form = r'<form class="search" role="search" action="(?:/es)?/search/">'
    page = re.sub(form, "", page)
    # The one kind of script is data for search engines, which nothing runs.
    page = page.replace('<script type="application/ld+json">', "")
    assert "<script" not in page and "<form" not in page and "<iframe" not in page


@each_template
def test_a_template_holds_no_fact_about_an_office_and_no_other_host(path):
    text = path.read_text()
    facts = r"\d{3}\)?[ .-]\d{4}|\b\d{5}\b|Fort Lee|New York(?! time)|Suite|Broadway"
    assert not re.search(facts, text)
    assert not re.search(r"https?:|(?:href|src|action)=[\"']//|url\(", text)


@each_template
def test_a_template_trusts_the_cleaned_body_alone(path):
    marks = r"\{\{[^}]*\|\s*(?:safe|pictured)\w*[^}]*\}\}"
    assert set(re.findall(marks, path.read_text())) <= {
        "{{ edition.body|safe }}",
        "{{ edition.body|pictured }}",
        "{{ attorney.local.biography|pictured }}",
    }
    assert "autoescape" not in path.read_text()


def test_no_code_trusts_text_past_the_templates():
    paths = [
        p
        for app in ("lawblog", "offices", "posts")
        for p in ROOT.glob(f"{app}/**/*.py")
    ]
    trusting = r"mark_safe|SafeString|__html__|is_safe|autoescape"
    # The data block for search engines, which escapes "<" itself.
    json_ld = ROOT / "lawblog/templatetags/site.py"
    assert [p for p in paths if re.search(trusting, p.read_text())] == [json_ld]


def test_the_style_sheets_load_nothing_from_elsewhere():
    for path in (ROOT / "lawblog/static/lawblog").glob("*.[cj]s*"):
        assert not re.search(r"https?://|url\(\s*[\"']?//|@import", path.read_text())
