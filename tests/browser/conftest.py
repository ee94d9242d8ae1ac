"""Tabs of a real browser: a reader's, and those of people at the desk."""

import pytest


@pytest.fixture
def visit(browser, live_server, set_up):
    """visit(user) → a page signed in as them; visit() → a stranger's. `faults`: what
    was amiss on any of them, as long as it is not cleared."""
    from django.test import Client
    from helpers.watching import watched

    def open_page(user=None, **options):
        page = fresh_page(**options)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            page.context.add_cookies([cookie])
        return page

    with watched(browser, live_server.url) as fresh_page:
        open_page.faults = fresh_page.faults
        yield open_page


@pytest.fixture
def tab(show, attorney_client):
    from helpers.showing import from_npm

    return show(attorney_client, from_npm("axe-core/axe.min.js"))


@pytest.fixture(autouse=True)
def no_program_of_its_own(monkeypatch):
    """What a button begins would work on this machine's site, not on the test's."""
    monkeypatch.setattr("lawblog.keeping.requested_jobs.start", lambda job: None)
