"""A visit in a real browser leaves nothing behind and tells nobody."""

import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urljoin, urlsplit

import pytest

from offices.models import Attorney, Firm

KEPT = """async () => ({
    local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
# More than the site of these tests has, so that a loop ends.
MOST = 90


@pytest.fixture
def site(live_server, set_up, publish):
    """Every type of public page, in both languages."""
    author = Attorney.objects.create(name="Anna Example", slug="anna", admissions="NJ")
    Firm.objects.update(name="Example Firm", responsible_attorney=author)
    publish("One", topics=["Asylum"], author=author, published_on="2026-01-05")
    publish("Dos", topics=["Asylum"], author=author, language="es")
    return live_server.url


@contextmanager
def visitor(browser, url, **options):
    """A page of a fresh context, and the addresses of all that it asked for."""
    context = browser.new_context(base_url=url, **options)
    context.set_default_timeout(30_000)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page(), asked
    context.close()


def crawl(page, url):
    """Opens every page that links lead to from the home page; gives its path."""
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        assert len(seen) <= MOST
        if is_page(page.context.request.get(path)):
            page.goto(path)
            yield path
            waiting += links(page, url)


def is_page(answer):
    """Cards and feeds are files: a browser would store them or show their source."""
    return answer.ok and answer.headers["content-type"].startswith("text/html")


def links(page, url):
    html = page.content()
    found = [
        urljoin(page.url, link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', html)
    ]
    own = [urlsplit(link) for link in found if link.startswith(f"{url}/")]
    return [link.path for link in own]


def test_the_crawl_reaches_every_type_of_page(browser, site):
    """Else the tests below could not fail."""
    with visitor(browser, site) as (page, _):
        seen = set(crawl(page, site))
    names = "/ /posts/ /posts/one/ /posts/topics/asylum/ /attorneys/anna/ /search/"
    names += " /offices/ /offices/fort-lee/ /about/ /disclaimer/ /privacy/"
    names += " /accessibility/ /notario-fraud/"
    missing = set(names.split()) - seen
    missing |= {f"/es{name}" for name in names.split() if "one" not in name} - seen
    assert missing == set() and "/es/posts/dos/" in seen


def test_a_visit_leaves_nothing_in_the_browser(browser, site):
    with visitor(browser, site) as (page, _):
        for path in crawl(page, site):
            assert set(page.evaluate(KEPT).values()) == {0}, path
        assert page.context.cookies() == []


def test_a_visit_asks_no_other_host(browser, site):
    with visitor(browser, site) as (page, asked):
        for path in crawl(page, site):
            hints = (
                "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch]"
            )
            assert page.locator(hints).count() == 0, path
        page.goto("/search/?q=text")
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(site).netloc}


def test_without_javascript_the_site_reads_the_same(browser, site):
    def read(page):
        return {path: page.inner_text("body") for path in crawl(page, site)}

    with visitor(browser, site) as (page, asked):
        with_it = read(page)
        assert [address for address in asked if address.endswith(".js")] == []
    with visitor(browser, site, java_script_enabled=False) as (page, _):
        assert read(page) == with_it


def test_the_search_box_is_the_only_form(browser, site):
    with visitor(browser, site) as (page, _):
        for path in [*crawl(page, site), "/search/?q=text"]:
            page.goto(path)
            fields = page.locator("input:not([type=hidden]), textarea, select")
            for field in fields.all():
                copied = field.get_attribute("readonly") is not None
                assert copied or field.get_attribute("name") == "q", path
            for form in page.locator("form").all():
                assert form.get_attribute("action").endswith("/search/"), path
                assert form.get_attribute("method") in (None, "get"), path


@pytest.fixture
def elsewhere():
    """(address, headers of each visit) of another site."""
    visits = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/":
                visits.append({name.lower() for name in self.headers})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Elsewhere")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", visits
    server.shutdown()
    server.server_close()


def test_a_link_elsewhere_does_not_say_where_you_came_from(
    browser, site, publish, elsewhere
):
    address, visits = elsewhere
    firm = Firm.objects.get()
    firm.quick_exit = address
    firm.save()
    firm.links.create(label="Our page", url=address)
    publish("Links", body=f'<p><a href="{address}">A source</a></p>')
    with visitor(browser, site) as (page, _):
        for words in ("Leave this site", "A source", "Our page"):
            page.goto("/posts/links/")
            page.get_by_role("link", name=words).click()
            page.wait_for_url(address)
    assert len(visits) == 3
    assert not {"referer", "origin", "cookie"} & set.union(*visits)


def test_the_exit_is_a_plain_link_on_every_page(browser, site):
    screen = {"width": 320, "height": 640}
    with visitor(browser, site, viewport=screen) as (page, asked):
        for path in crawl(page, site):
            link = page.locator(".exit a")
            box = link.bounding_box()
            assert box["width"] >= 24 and box["height"] >= 24, path
            assert box["x"] >= 0 and box["x"] + box["width"] <= 320, path
            assert box["y"] >= 0 and box["y"] + box["height"] <= 100, path
            assert set(link.get_attribute("rel").split()) == {"noreferrer", "noopener"}
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            assert page.locator(".exit a:focus").count() == 1, path
        assert not [address for address in asked if "google" in address]
