"""The desk in a real browser: writing, pictures, pasting, approving, switches."""

import io
import re
from contextlib import suppress

import pytest
from helpers.watching import begin
from PIL import Image
from playwright.sync_api import Error, expect

from offices.models import Office
from posts.models import Edition, Post

# Whatever of it runs calls tell(), which the watch counts as a fault.
FOUL = """<h1 onclick="tell(1)">Kept <a href="javascript:tell(2)">words</a></h1>
    <style>p { color: red }</style><script>tell(3)</script>
    <p style="color: red" class="x" onmouseover="tell(4)">of <b>the</b> paste<img
    src="data:image/gif;base64,AAAA" alt="" onerror="tell(5)"></p>"""
FROM_WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office">
    <meta name="Generator" content="Microsoft Word 15"><body>{FOUL}</body></html>"""
FROM_DOCS = """<meta charset="utf-8"><b style="font-weight:normal;"
    id="docs-internal-guid-1a2b3c4d"><h2 dir="ltr" style="line-height:1.38"><span
    style="font-size:16pt;font-family:Arial;color:#000000">A heading</span></h2><p
    dir="ltr"><span style="font-weight:400">Plain and </span><span
    style="font-weight:700">bold</span><span style="font-style:italic"> italic</span>
    <a href="https://example.gov/a"><span style="color:#1155cc">a link</span></a></p>
    <ul><li dir="ltr" style="list-style-type:disc"><p dir="ltr" role="presentation">
    <span style="font-weight:400">an item</span></p></li></ul></b>"""
FINE = re.compile(
    r"<(h2|p)>Kept words</\1>\s*<p>of (<strong>)?the(</strong>)? paste</p>"
)
# What Ctrl+V does, without the clipboard, which would have cleaned the HTML itself.
PASTE = """(body, {html, bytes}) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    else clipboardData.items.add(
        new File([Uint8Array.from(bytes)], "image.png", {type: "image/png"}));
    const options = {clipboardData, bubbles: true, cancelable: true};
    body.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(content, "PNG")
    return {"name": "a.png", "mimeType": "image/png", "buffer": content.getvalue()}


def choose_format(page, name):
    page.locator(".cke_combo__format .cke_combo_button").click()
    page.frame_locator(".cke_panel_frame").get_by_role("option", name=name).click()


def approve(page):
    page.get_by_role("button", name="Approve and publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Approved and live")


def test_the_attorney_signs_in_writes_publishes_and_a_visitor_reads(visit, attorney):
    page = visit()
    page.goto("/admin/")
    page.fill("[name=login]", "anna")
    page.fill("[name=password]", "correct horse")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    begin(page, "Bond hearings")
    choose_format(page, "Heading 2")
    page.keyboard.type("Who decides")
    page.keyboard.press("Enter")
    page.locator(".cke_button__bold").click()
    page.keyboard.type("A judge")
    page.locator(".cke_button__bold").click()
    page.keyboard.type(" decides.")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_text("Draft, not published.")).to_be_visible()
    reader = visit()
    assert reader.request.get("/posts/bond-hearings/").status == 404
    page.get_by_role("link", name="Approve and publish…").click()
    approve(page)
    reader.goto("/posts/bond-hearings/")
    prose = reader.locator(".prose")
    assert prose.locator("h2").inner_html() == "Who decides"
    assert prose.locator("p").inner_html() == "<strong>A judge</strong> decides."


def test_a_picture_needs_a_description_and_reaches_the_reader(visit, attorney, picture):
    page = visit(attorney)
    begin(page, "With a picture")
    page.locator(".cke_button__image").click()
    dialog = page.get_by_role("dialog")
    (refused,) = upload(page, dialog, picture)
    assert refused.startswith("Describe the picture for people who cannot see it.")
    dialog.get_by_label("Description for people").fill("A teal wall")
    close(dialog)
    page.get_by_role("button", name="Approve and publish…").click()
    approve(page)
    reader = visit()
    reader.goto("/posts/with-a-picture/")
    shown = reader.get_by_role("img", name="A teal wall")
    assert shown.evaluate("picture => picture.naturalWidth") == 640


def close(dialog):
    """Presses OK, which the dialog does not take while it still loads the picture."""
    for _ in range(30):
        if dialog.is_visible():
            dialog.get_by_role("button", name="OK").click()
        with suppress(Error):
            return dialog.wait_for(state="hidden", timeout=500)


def upload(page, dialog, picture):
    """Sends the picture and presses OK; returns what the browser then warned of."""
    dialog.get_by_role("tab", name="Upload").click()
    chosen = page.frame_locator(".cke_dialog iframe").locator("input[type=file]")
    chosen.set_input_files(picture)
    with page.expect_request("**/admin/upload/**") as sent:
        dialog.get_by_role("button", name="Send it to the Server").click()
    assert sent.value.resource_type == "xhr"
    assert sent.value.headers["x-csrftoken"]
    dialog.get_by_role("tab", name="Image Info").wait_for()
    warnings = []
    page.once("dialog", lambda box: (warnings.append(box.message), box.accept()))
    dialog.get_by_role("button", name="OK").click()
    return warnings


def test_a_pasted_picture_is_not_published_undescribed(visit, attorney, picture):
    page = visit(attorney)
    sheet = begin(page, "A screenshot")
    sheet.evaluate(PASTE, {"bytes": list(picture["buffer"])})
    expect(sheet.locator("img[src^='/media/']")).to_be_visible()
    page.get_by_role("button", name="Approve and publish…").click()
    page.wait_for_url("**/publish/")
    assert page.get_by_role("button", name="Approve and publish").count() == 0


def paste(page, sheet):
    sheet.evaluate(PASTE, {"html": FOUL})


def paste_from_word(page, sheet):
    sheet.evaluate(PASTE, {"html": FROM_WORD})


def type_source(page, sheet):
    page.locator(".cke_button__source").click()
    page.locator("textarea.cke_source").fill(FOUL)
    page.locator(".cke_button__source").click()


def test_what_is_brought_in_is_clean_when_saved(visit, attorney, make_post):
    post = make_post("Brought in")
    page = visit(attorney)
    page.goto(f"/admin/posts/post/{post.pk}/change/")
    sheet = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    for bring in (paste, paste_from_word, type_source):
        Post.objects.update(body="<p>Before.</p>")
        page.evaluate("CKEDITOR.instances.id_body.setData('')")
        expect(sheet).to_have_text("")
        bring(page, sheet)
        expect(sheet).to_contain_text("paste")
        save(page)
        assert FINE.fullmatch(Post.objects.get().body), Post.objects.get().body


def save(page):
    """Where one stands."""
    page.locator("#announced").evaluate("told => { told.textContent = ''; }")
    page.keyboard.press("Control+s")
    expect(page.locator("#announced")).to_have_text("Saved.")


def test_google_docs_pastes_clean(visit, attorney):
    page = visit(attorney)
    sheet = begin(page, "From Docs")
    sheet.evaluate(PASTE, {"html": FROM_DOCS})
    expect(sheet).to_contain_text("an item")
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/admin/posts/post/")
    body = Post.objects.get().body
    for kept in (
        "<h2",
        "A heading</h2>",
        "bold</strong>",
        "<ul>",
        "an item",
        "a link</a>",
    ):
        assert kept in body, body
    assert "<strong>Plain" not in body and "style" not in body and "span" not in body


def test_staff_hand_over_and_have_no_button_to_publish(visit, staff, attorney):
    page = visit(staff)
    begin(page, "Handed over")
    page.keyboard.type("Some words.")
    assert page.get_by_role("button", name="Approve and publish").count() == 0
    page.get_by_role("button", name="Send for approval").click()
    expect(page.locator("#result_list")).to_contain_text("Waiting for approval")
    assert not Edition.objects.exists()
    desk = visit(attorney)
    desk.goto("/admin/posts/post/")
    expect(desk.locator("#result_list")).to_contain_text("Waiting for approval")
    desk.get_by_role("link", name="Handed over").click()
    expect(desk.get_by_role("button", name="Approve and publish…")).to_be_visible()


def flip_switch(page):
    switch = page.get_by_role("switch", name="By appointment only").first
    assert switch.bounding_box()["height"] >= 44
    switch.click()


def flip_in_list(page):
    page.get_by_label("By appointment only: Fort Lee").check()
    page.get_by_role("button", name="Save").click()


# A phone shows the cards alone.
@pytest.mark.parametrize("flip, width", [(flip_switch, 390), (flip_in_list, 1280)])
def test_by_appointment_flipped_is_what_visitors_read(visit, staff, flip, width):
    reader = visit()
    reader.goto("/offices/fort-lee/")
    told = reader.get_by_role("main").get_by_text("By appointment only")
    assert told.count() == 0
    page = visit(staff, viewport={"width": width, "height": 844})
    page.goto("/admin/offices/office/")
    flip(page)
    page.locator(".messagelist").wait_for()
    assert Office.objects.get(slug="fort-lee").appointment_only
    reader.reload()
    expect(told).to_be_visible()
