"""Whose request may use a kept page, and what can alter it: nothing."""

import pytest
from django.core.wsgi import get_wsgi_application
from helpers.pagecache import ARTICLE, save_firm

from offices.models import Firm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "address, method, headers",
    [
        (ARTICLE, "GET", {"HTTP_COOKIE": "a=b; sessionid=abc"}),
        (ARTICLE, "GET", {"HTTP_AUTHORIZATION": "Basic abc"}),
        (ARTICLE, "GET", {"HTTP_HOST": "elsewhere.example"}),
        (ARTICLE, "GET", {"HTTP_HOST": "127.0.0.1:8001"}),
        (ARTICLE, "POST", {}),
        (f"{ARTICLE}?page=1", "GET", {}),
        ("/?page=1", "GET", {}),
        ("/posts/?page=01", "GET", {}),
        ("/posts/?page=1&a=b", "GET", {}),
        ("/posts/?page=9999", "GET", {}),
        ("/posts/?a=b", "GET", {}),
        ("/posts/nothing-here/", "GET", {}),
        ("/nothing-here/", "GET", {}),
        ("/healthz", "GET", {}),
        ("/admin/login/", "GET", {}),
        ("/admin/", "GET", {}),
    ],
)
def test_what_is_not_kept_is_answered_anew(site, address, method, headers):
    for _ in range(2):
        site(address, method, **{"CONTENT_LENGTH": "", **headers})
    assert len(site.asked) == 2 and site.kept() == set()


@pytest.mark.slow
def test_what_was_added_to_a_link_costs_no_reader_the_kept_page(site):
    """Nor, while the database is away, the page."""
    kept, second = site("/posts/"), site("/posts/?page=1")
    for query in (
        "fbclid=a-B_1",
        "utm_source=mail&utm_id=",
        "gclid=1&gad_source=2&_gl",
    ):
        assert site(f"/posts/?{query}") == kept
        assert (
            site(f"/posts/?page=1&{query}") == site(f"/posts/?{query}&page=1") == second
        )
    assert len(site.asked) == 2 == len(site.kept())
    site(f"/posts/?{'&'.join(['fbclid'] * 1000)}")
    assert len(site.asked) == 3


def test_a_host_that_is_not_ours_is_refused(site):
    status, _, body = site(HTTP_HOST="elsewhere.example")
    assert status == 400 and b"elsewhere" not in body


@pytest.mark.slow
def test_ten_thousand_made_up_queries_leave_the_store_as_it_was(site):
    site("/posts/")
    kept = site.kept()
    site.store.application.application = lambda environ, start: [b""]
    for number in range(10_000):
        site.store(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/posts/",
                "QUERY_STRING": f"q={number}",
                "HTTP_HOST": "127.0.0.1:8000",
            },
            None,
        )
    assert site.kept() == kept


UNKEYED = {
    "HTTP_COOKIE": "tracker=1",
    "HTTP_ACCEPT_LANGUAGE": "es-419",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_RANGE": "bytes=0-1",
    "HTTP_IF_MODIFIED_SINCE": "Tue, 01 Jan 2030 00:00:00 GMT",
    "HTTP_USER_AGENT": "evil",
    "HTTP_REFERER": "https://evil.example/",
    "HTTP_HOST": "localhost",
    "REMOTE_ADDR": "192.0.2.1",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNKEYED)
def test_no_header_changes_what_the_next_reader_is_shown(site, name):
    site(**{name: UNKEYED[name]})
    with_header = site()
    seen = str(site.asked[0])
    assert name == "HTTP_HOST" or UNKEYED[name] not in seen
    save_firm()
    Firm.objects.update(name="")
    assert site() == with_header


@pytest.mark.slow
def test_on_https_plain_requests_are_sent_there_and_not_kept(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site.store.scheme = "https"
    site.store.application.application = get_wsgi_application()
    assert site()[0] == 301 and site.kept() == set()
    assert site(HTTP_X_FORWARDED_PROTO="https")[0] == 200
    assert site(HTTP_X_FORWARDED_PROTO="http")[0] == 301 and len(site.kept()) == 1
