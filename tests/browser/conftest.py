"""Tabs of a real browser: a reader's, and those of people at the desk."""

import time
from contextlib import ExitStack
from types import SimpleNamespace

import pytest

EMPTY = """() => new Promise(done => {
    const editor = CKEDITOR.instances.id_body;
    CKEDITOR.dialog.getCurrent()?.hide();
    document.querySelectorAll(".cke_notification").forEach(told => told.remove());
    editor.setData("", () => { editor.resetUndo(); done(); });
})"""


@pytest.fixture
def visit(browser, live_server, set_up):
    """visit(user) → a page signed in as them, with a second factor where one is due;
    visit() → a stranger's. `faults`: what was amiss on any of them, as long as it is
    not cleared."""
    from django.conf import settings
    from django.test import Client
    from helpers.signing_in import signed_in
    from helpers.watching import watched

    def open_page(user=None, **options):
        page = fresh_page(**options)
        if user:
            client = Client()
            client.force_login(user)
            if settings.REQUIRE_SECOND_FACTOR:
                signed_in(user, client)
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            page.context.add_cookies([cookie])
        return page

    with watched(browser, live_server.url) as fresh_page:
        open_page.faults = fresh_page.faults
        yield open_page


@pytest.fixture
def looking(browser, live_server):
    """looking(client) → a tab in which the client's session goes on, with axe on each
    page; `told`: what it complains of."""
    from helpers.showing import AXE, loudly

    with ExitStack() as contexts:

        def open_tab(client):
            context = browser.new_context(base_url=live_server.url)
            contexts.callback(context.close)
            for cookie in client.cookies.values():
                kept = {"name": cookie.key, "value": cookie.value}
                context.add_cookies([{**kept, "url": live_server.url}])
            if AXE.exists():
                context.add_init_script(path=AXE)
            tab = context.new_page()
            tab.told = loudly(tab)
            return tab

        yield open_tab


@pytest.fixture(scope="session", autouse=True)
def static_files_are_kept():
    """A browser asks for each once, and not again with each page, as of a site whose
    files have hashes in their names."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    class Kept(StaticFilesHandler):
        def serve(self, request):
            response = super().serve(request)
            response["Cache-Control"] = "max-age=31536000, immutable"
            return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", Kept)
        yield


@pytest.fixture(scope="module")
def opened(browser):
    """A tab whose requests `opened.client` answers: that of the test which runs."""
    from helpers.showing import loudly, showing

    opened = SimpleNamespace(client=None)
    with showing(browser, lambda: opened.client) as opened.tab:
        opened.faults = loudly(opened.tab)
        yield opened


@pytest.fixture
def editor(opened, staff_client):
    """The page of a new article with an empty sheet, opened once for a whole file: half
    of a test with an editor is its start. `sheet`: what is written on; `faults`: what
    was amiss, as long as it is not cleared."""
    opened.client, page = staff_client, opened.tab
    if not page.url.endswith("/add/"):
        page.goto("/admin/posts/post/add/")
        # A function: the words of one would be evaluated anew with each look, which the
        # page's policy forbids.
        page.wait_for_function(
            "() => window.CKEDITOR?.instances.id_body?.status === 'ready'"
        )
        page.sheet = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
        page.faults = opened.faults
    page.evaluate(EMPTY)
    page.sheet.click()
    page.faults.clear()
    yield page
    assert page.faults == []


@pytest.fixture(autouse=True)
def no_program_of_its_own(monkeypatch):
    """What a button begins would work on this machine's site, not on the test's."""
    monkeypatch.setattr("lawblog.keeping.requested_jobs.start", lambda job: None)


@pytest.fixture(autouse=True)
def locked_for_a_moment_is_not_away(monkeypatch):
    """The server shares SQLite's tables in memory with the test, and finds them locked
    while that writes; it looks again, as it would outside of tests."""
    from lawblog.pagecache.outage import Outage

    def look_again(outage):
        while not outage.is_over():
            time.sleep(0.05)

    monkeypatch.setattr(Outage, "wait", look_again)


@pytest.fixture(scope="module")
def seen():
    """{what is looked at: {address: what is found}}, filled by a file that opens each
    page once."""
    return {}
