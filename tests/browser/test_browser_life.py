"""One article's whole life at the desk, half of it on a phone for each of the two."""

from datetime import timedelta

import time_machine
from helpers.clock import NOON
from helpers.watching import begin
from playwright.sync_api import expect

ADDRESS = "/posts/the-one-year-deadline/"
APPROVE = "Read and approve “The one-year deadline”"


PHONE = {"viewport": {"width": 390, "height": 844}}
LARGE = {"viewport": {"width": 1280, "height": 844}}


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_article_from_first_draft_to_withdrawal(visit, staff, attorney):
    with time_machine.travel(NOON, tick=False) as clock:
        sam, anna, reader = visit(staff, **PHONE), visit(attorney, **LARGE), visit()

        def status():
            return reader.request.get(ADDRESS).status

        begin(sam, "The one-year deadline")
        sam.keyboard.type("File within one year of arrival.")
        press(sam, "Send for approval")
        expect(sam.locator("#result_list")).to_contain_text("Waiting for approval")

        anna.goto("/admin/")
        waiting = anna.get_by_role("region", name="Waiting for you")
        waiting.get_by_role("link", name=APPROVE).click()
        anna.get_by_role("link", name="Return with a note…").click()
        anna.get_by_label("Note").fill("Say that there are exceptions.")
        press(anna, "Return to staff")

        sam.goto("/admin/")
        returned = sam.get_by_role("region", name="Returned by the attorney")
        expect(returned).to_contain_text("Say that there are exceptions.")
        returned.get_by_role("link").click()
        sheet = sam.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
        sheet.click()
        sam.keyboard.press("Control+End")
        sam.keyboard.type(" There are exceptions.")
        press(sam, "Send for approval")
        sam.locator("#result_list").wait_for()

        anna.goto("/admin/")
        waiting.get_by_role("link", name=APPROVE).click()
        anna.get_by_label("Publish at").fill("2026-11-25T09:00")
        press(anna, "Approve and publish")
        expect(anna.locator(".messagelist")).to_contain_text("9 a.m. New York time")
        anna.goto("/admin/")
        month = anna.get_by_role("region", name="November 2026")
        expect(month).to_contain_text("9 a.m., goes live The one-year deadline")
        assert fits(anna)
        assert status() == 404
        clock.move_to(NOON + timedelta(hours=21))
        reader.goto(ADDRESS)
        expect(reader.get_by_role("main")).to_contain_text("There are exceptions.")

        # Overnight both were signed out.
        sam, anna = visit(staff, **LARGE), visit(attorney, **PHONE)
        change(sam, anna)
        waiting = anna.get_by_role("region", name="Waiting for you")
        waiting.get_by_role("link", name=APPROVE).click()
        changes = anna.get_by_role("region", name="What changes for readers")
        expect(changes.locator("ins").first).to_contain_text("Ask early")
        assert fits(anna)
        press(anna, "Approve and publish")
        expect(anna.locator(".messagelist")).to_contain_text("Approved and live")
        reader.reload()
        expect(reader.get_by_role("main")).to_contain_text("Ask early.")

        anna.get_by_role("link", name="Withdraw…").click()
        anna.get_by_label("Why").fill("The rule has changed.")
        press(anna, "Withdraw")
        anna.locator(".messagelist").wait_for()
        assert status() == 404


def change(sam, anna):
    """Staff edit while the article is live, and hand over."""
    sam.goto("/admin/posts/post/")
    sam.get_by_role("link", name="The one-year deadline").click()
    sheet = sam.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    sheet.click()
    sam.keyboard.press("Control+End")
    sam.keyboard.type(" Ask early.")
    press(sam, "Send for approval")
    sam.locator("#result_list").wait_for()
    anna.goto("/admin/")


def test_an_article_is_published_with_the_keyboard_alone(visit, attorney, make_post):
    post = make_post()
    page = visit(attorney)
    page.goto(f"/admin/posts/post/{post.pk}/publish/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Approve and publish":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Approved and live")
