"""Articles are brought in as people do it: files dropped, progress, report, undo."""

import re
from threading import Event

import pytest
from playwright.sync_api import expect

from lawblog.html.richtext import to_text
from posts.import_runs import jobs
from posts.models import ImportRun, Post

PAGE = "/admin/posts/post/bring-in/"
TEXT = "{}\n\nMay 1, 2020\n\nThe judge hears both sides. The decision comes by mail.\n"
FILES = {
    "one.txt": TEXT.format("The first title"),
    "folder/two.txt": TEXT.format("The second title"),
    "bad.pdf": "%PDF-1.4 and no more",
}
REPORT = re.compile(r"/bring-in/\d+/$")
DROP = """(box, files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(files))
        dataTransfer.items.add(new File([text], name.split("/").pop()));
    box.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true}));
}"""


@pytest.fixture
def reading(monkeypatch):
    """If it is set, files are read before whoever sent them is answered: a thread would
    use the connection that it shares with the test at the same time."""
    at_once = Event()
    monkeypatch.setattr(jobs, "wake", lambda: at_once.is_set() and jobs.go_on())
    return at_once


@pytest.fixture
def page(visit, staff, reading):
    page = visit(staff)
    page.goto(PAGE)
    return page


def send(page):
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url(REPORT)


def test_files_are_dropped_read_reported_and_undone(page):
    page.locator(".drop").evaluate(DROP, FILES)
    expect(page.locator("#sending")).to_contain_text("3 files are ready: one.txt")
    send(page)
    expect(page.locator("[role=status]").first).to_contain_text("Reading…")
    # As of a session that is over.
    page.route(REPORT, lambda route: route.fulfill(body="Sign in"))
    status = page.locator("[role=status]").first
    expect(status).to_contain_text("The desk does not answer, or you were signed out.")
    page.unroute(REPORT)
    expect(status).to_contain_text("Reading…")
    # From here on a look at the report waits until this test waits for it.
    page.route(REPORT, lambda route: route.continue_())
    with page.expect_response(REPORT):
        pass
    assert jobs.go_on() == "One import is through."
    # The page looks again by itself.
    expect(page.locator("[role=status]").first).to_contain_text(
        "Done. 2 brought in, 0 here already, 1 left out."
    )
    expect(page.get_by_text("bad.pdf: It is a PDF")).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 drafts are removed.")).to_be_visible()
    assert not Post.objects.exists()


def test_a_broken_connection_goes_on_where_it_was(page, visit, reading):
    sent, begun = [], []
    page.on("request", lambda r: begun.append(r) if r.url.endswith(PAGE) else None)

    def gate(route):
        sent.append(route.request.post_data or "")
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/files/$"), gate)
    page.locator(".drop").evaluate(DROP, FILES)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("#sending")).to_contain_text("The connection broke. Press")
    reading.set()
    send(page)
    done = page.locator("[role=status]").first
    expect(done).to_contain_text("Done.")
    visit.faults.clear()  # the browser's own word on the broken connection
    run = ImportRun.objects.get()
    assert len(sent) == 4 and len(begun) == 1
    assert [line.kind for line in run.lines.order_by("pk")].count("made") == 2


def test_files_chosen_before_the_script_is_there_go_as_they_were_sent_off(page):
    late, slow = [], []
    page.route("**/importing*.js", lambda route: late.append(route))
    page.goto(PAGE, wait_until="commit")
    file = {"name": "one.txt", "mimeType": "text/plain", "buffer": b"A title"}
    page.locator("#files").set_input_files([file])
    late[0].continue_()
    expect(page.locator("#sending")).to_have_text("1 file is ready: one.txt")
    page.unroute("**/importing*.js")
    page.route(re.compile(r"/files/$"), lambda route: slow.append(route))
    with page.expect_request(re.compile(r"/files/$")):
        page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("#sending")).to_contain_text("Sending one.txt")
    # Too late for this import.
    page.get_by_label("Do not fetch pictures").check()
    slow[0].continue_()
    page.wait_for_url(REPORT)
    assert ImportRun.objects.get().started_at


def test_files_that_came_in_before_are_here_already(page, reading):
    reading.set()
    for words in ("2 brought in, 0 here already", "0 brought in, 2 here already"):
        page.goto(PAGE)
        page.locator(".drop").evaluate(DROP, FILES)
        send(page)
        expect(page.locator("[role=status]").first).to_contain_text(words)
    titles = {to_text(post.title) for post in Post.objects.all()}
    assert titles == {"The first title", "The second title"}
