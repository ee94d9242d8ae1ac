"""Pages in a real browser without a server: this process answers each request."""

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.template.loader import render_to_string

from helpers.pages import ERRORS

MODULES = Path(__file__).parents[1] / "node_modules"
AXE = MODULES / "axe-core/axe.min.js"


def from_npm(path):
    """The path of what `make tools` brought; where it did not, the test is skipped."""
    if not (MODULES / path).exists() and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("install Node.js (Debian: nodejs, npm) and run make tools")
    return MODULES / path


@pytest.fixture
def show(browser):
    """show(client, script, **options) → a tab of a fresh context, whose requests
    `client` answers; each page has the script from before it begins."""
    with ExitStack() as open_tabs:

        def tab(client, script=None, **options):
            tab = open_tabs.enter_context(showing(browser, lambda: client, **options))
            if script:
                tab.context.add_init_script(path=script)
            return tab

        yield tab


@contextmanager
def showing(browser, client, **options):
    """A tab of a fresh context, whose requests client() answers."""
    context = browser.new_context(base_url="http://127.0.0.1:8000", **options)
    connection = connections["default"]
    context.route("**/*", lambda route: answer(client(), connection, route))
    yield context.new_page()
    context.close()


def loudly(tab):
    """The list to which whatever goes wrong on the tab's pages is added: messages of
    the console, breaches of the Content-Security-Policy among them, and errors of
    scripts. That a page which is missing is missing goes without saying."""
    told = []

    def console(message):
        missing = message.text.startswith("Failed to load resource")
        if missing and message.location["url"] == tab.url:
            return
        if message.type in ("error", "warning"):
            told.append(message.text)

    tab.on("console", console)
    tab.on("pageerror", lambda error: told.append(str(error)))
    return told


def answer(client, connection, route):
    # Playwright calls from its event loop, where Django would open another one.
    connections["default"] = connection
    url = urlsplit(route.request.url)
    name = url.path.removeprefix("/static/")
    if name != url.path:
        return route.fulfill(path=finders.find(name))
    asked = route.request
    kind = asked.headers.get("content-type", "")
    words = asked.method, f"{url.path}?{url.query}", asked.post_data_buffer or b"", kind
    response = client.generic(*words)
    return route.fulfill(
        status=response.status_code,
        headers=dict(response.headers),
        body=response.getvalue(),
    )


def errors(tab):
    """The addresses of the error pages, at which the tab finds them from now on."""

    def answer_with(name):
        page = {"body": render_to_string(name), "content_type": "text/html"}
        return lambda route: route.fulfill(**page)

    for name in ERRORS:
        tab.route(f"**/{name}", answer_with(name))
    return [f"/{name}" for name in ERRORS]
