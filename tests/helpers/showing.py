"""Pages in a real browser without a server: this process answers each request."""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.template.loader import render_to_string

from helpers.pages import ERRORS, PUBLIC

MODULES = Path(__file__).parents[1] / "node_modules"


def from_npm(path):
    """The path of what `make tools` brought; where it did not, the test is skipped."""
    if not (MODULES / path).exists() and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("install Node.js (Debian: nodejs, npm) and run make tools")
    return MODULES / path


@pytest.fixture
def show(browser):
    """show(client, script, **options) → a tab of a fresh context, whose requests
    `client` answers; each page has the script from before it begins."""
    contexts = []

    def tab(client, script=None, **options):
        context = browser.new_context(base_url="http://127.0.0.1:8000", **options)
        contexts.append(context)
        context.route("**/*", partial(answer, client, connections["default"]))
        if script:
            context.add_init_script(path=script)
        return context.new_page()

    yield tab
    for context in contexts:
        context.close()


def answer(client, connection, route):
    # Playwright calls from its event loop, where Django would open another one.
    connections["default"] = connection
    url = urlsplit(route.request.url)
    name = url.path.removeprefix("/static/")
    if name != url.path:
        return route.fulfill(path=finders.find(name))
    if name[1:] in ERRORS:
        return route.fulfill(body=render_to_string(name[1:]), content_type="text/html")
    response = client.get(f"{url.path}?{url.query}")
    return route.fulfill(
        status=response.status_code,
        headers=dict(response.headers),
        body=response.getvalue(),
    )


def public(site):
    """The address of every type of page that readers see, the error pages included."""
    return [*(a.format(**site) for a in PUBLIC), *(f"/{name}" for name in ERRORS)]
