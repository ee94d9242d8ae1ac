"""A change of the law in a real browser, and the editor's mark for deadlines."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from posts.models import Post

PRESSED = re.compile("cke_button_on")
SELECT = """() => {
    const editor = Object.values(CKEDITOR.instances)[0];
    const range = editor.createRange();
    range.selectNodeContents(editor.editable().getFirst());
    editor.getSelection().selectRanges([range]);
}"""


@pytest.mark.django_db(transaction=True)
def test_a_deadline_is_marked_and_the_mark_taken_away(visit, attorney, make_post):
    post = make_post(body="<p>File by March 15, 2027</p>")
    page = visit(attorney)
    address = f"/admin/posts/post/{post.pk}/change/"
    page.goto(address)
    frame = page.frame_locator("iframe.cke_wysiwyg_frame")
    frame.locator("p").click()
    page.evaluate(SELECT)
    page.locator(".cke_button__deadline").click()
    expect(frame.locator("time")).to_have_text("File by March 15, 2027")
    with page.expect_response("**/change/"):
        page.locator("input[name=_continue]").click()
    mark = '<time data-deadline="2027-03-15">File by March 15, 2027</time>'
    assert mark in Post.objects.get().body
    frame.locator("time").click()
    expect(page.locator(".cke_button__deadline")).to_have_class(PRESSED)
    page.locator(".cke_button__deadline").click()
    expect(frame.locator("time")).to_have_count(0)
    assert visit.faults == []


@pytest.mark.django_db(transaction=True)
def test_readers_are_told_from_one_press_to_another(visit, attorney, publish):
    pages = [
        publish(f"Page {n}", body="<p>INA 287(g)</p>", law_as_of=date(2026, 1, n + 1))
        for n in range(3)
    ]
    pages.append(publish("Hoja", language="es", body="<p>8 U.S.C. § 1357(g)</p>"))
    desk, reader = visit(attorney), visit()

    def marked():
        found = 0
        for edition in pages:
            reader.goto(edition.get_absolute_url())
            found += reader.locator(".law-changed").count()
        return found

    desk.goto("/admin/posts/lawchange/law/")
    desk.get_by_label("Find a law, in any spelling").fill("287g")
    desk.get_by_role("button", name="Find").click()
    desk.get_by_role("link", name="This law changed…").click()
    desk.get_by_label("Changed on").fill("2026-11-01")
    desk.get_by_label("What changed:").fill("It changed.")
    desk.get_by_label("What changed (").fill("Cambió.")
    desk.get_by_label("Official source").fill("https://www.uscis.gov/a")
    desk.locator("input[name=_save]").click()
    assert marked() == 0
    desk.get_by_role("button", name="Approve and tell readers now").click()
    expect(desk.get_by_text("Left to review (4)")).to_be_visible()
    assert marked() == 4
    desk.get_by_role("button", name="Reviewed, still right").first.click()
    expect(desk.get_by_text("Left to review (3)")).to_be_visible()
    assert marked() == 3
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator(".messagelist")).to_contain_text("Undone")
    assert marked() == 0
    assert visit.faults == []
