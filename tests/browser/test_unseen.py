"""A visit in a real browser leaves nothing behind and tells nobody."""

import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urljoin, urlsplit

import pytest

from offices.models import Attorney, Firm

# Of the page that is open: what the browser keeps, which hosts it hints at, what one
# can fill in, and how to leave.
FACTS = """async () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const exit = document.querySelector("a.exit");
    const {x, y, width, height} = exit.getBoundingClientRect();
    return {
        kept: [
            localStorage.length, sessionStorage.length,
            (await indexedDB.databases()).length, (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length],
        hints: all("link[rel~=preconnect], link[rel~=dns-prefetch], "
            + "link[rel~=prefetch]").length,
        fields: all("input:not([type=hidden]):not([readonly]), textarea, select")
            .map(field => field.name),
        forms: all("form").map(form => [
            form.getAttribute("action"), form.getAttribute("method") ?? "get"]),
        exit: {x, y, width, height, rel: exit.rel.split(" ").sort()},
    };
}"""
SCREEN = {"viewport": {"width": 320, "height": 640}}
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
    """Opens every page that links lead to from the home page; gives its path. Cards and
    feeds are files: a browser would store them or show their source."""
    waiting, seen = ["/", "/search/?q=text"], set()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        assert len(seen) <= MOST
        answer = page.context.request.get(path)
        if answer.ok and answer.headers["content-type"].startswith("text/html"):
            page.goto(path)
            yield path
            waiting += links(page, url)


def links(page, url):
    html = page.content()
    found = [
        urljoin(page.url, link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', html)
    ]
    own = [urlsplit(link) for link in found if link.startswith(f"{url}/")]
    return [link.path for link in own]


@pytest.fixture(scope="module")
def visited():
    """The visit, once it has taken place."""
    return {}


@pytest.fixture
def visit(browser, site, visited):
    """{"facts" and "text" of each path, "without_javascript": the same texts,
    "at_the_exit": the paths on which the keyboard's second stop is the exit, "cookies",
    "asked"}."""
    if not visited:
        visited |= take(browser, site)
        texts = without_javascript(browser, site, visited["text"])
        visited["without_javascript"] = texts
    return visited


def without_javascript(browser, url, paths):
    with visitor(browser, url, **SCREEN, java_script_enabled=False) as (page, _):
        return {path: page.goto(path) and page.inner_text("body") for path in paths}


def take(browser, url):
    facts, text, at_the_exit = {}, {}, set()
    with visitor(browser, url, **SCREEN) as (page, asked):
        for path in crawl(page, url):
            text[path], facts[path] = page.inner_text("body"), page.evaluate(FACTS)
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            if page.locator("a.exit:focus").count():
                at_the_exit.add(path)
        cookies = page.context.cookies()
    return {
        "facts": facts,
        "text": text,
        "at_the_exit": at_the_exit,
        "cookies": cookies,
        "asked": asked,
    }


def test_the_crawl_reaches_every_type_of_page(visit):
    """Else the tests below could not fail."""
    names = "/ /posts/ /posts/one/ /posts/topics/asylum/ /attorneys/anna/ /search/"
    names += " /offices/ /offices/fort-lee/ /about/ /disclaimer/ /privacy/"
    names += " /accessibility/ /notario-fraud/"
    wanted = {"/search/?q=text", "/es/posts/dos/", *names.split()}
    wanted |= {f"/es{name}" for name in names.split() if "one" not in name}
    assert wanted - visit["facts"].keys() == set()


def test_a_visit_leaves_nothing_in_the_browser(visit):
    assert visit["cookies"] == []
    kept = {path: facts["kept"] for path, facts in visit["facts"].items()}
    assert {path: some for path, some in kept.items() if any(some)} == {}


def test_a_visit_asks_no_other_host(visit, site):
    assert {urlsplit(asked).netloc for asked in visit["asked"]} == {
        urlsplit(site).netloc
    }
    assert {facts["hints"] for facts in visit["facts"].values()} == {0}


def test_without_javascript_the_site_reads_the_same(visit):
    assert [asked for asked in visit["asked"] if asked.endswith(".js")] == []
    assert visit["without_javascript"] == visit["text"]


def test_the_search_box_is_the_only_form(visit):
    for path, facts in visit["facts"].items():
        assert set(facts["fields"]) <= {"q"}, path
        for action, method in facts["forms"]:
            assert action.endswith("/search/") and method == "get", path


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


def test_the_exit_is_a_plain_link_on_every_page(visit):
    for path, facts in visit["facts"].items():
        link = facts["exit"]
        assert link["width"] >= 24 and link["height"] >= 24, path
        assert link["x"] >= 0 and link["x"] + link["width"] <= 320, path
        assert link["y"] >= 0 and link["y"] + link["height"] <= 100, path
        assert link["rel"] == ["noopener", "noreferrer"], path
    assert visit["at_the_exit"] == visit["facts"].keys()
    assert not [asked for asked in visit["asked"] if "google" in asked]
