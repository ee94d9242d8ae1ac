"""In a real browser: from the attorney's first word to the reader's page."""

import io

import pytest
from django.contrib.auth.models import User
from PIL import Image

from offices.models import Office
from posts.models import Edition, Post

PUBLIC = [
    "/",
    "/posts/",
    "/posts/a-title/",
    "/offices/",
    "/offices/fort-lee/",
    "/nope/",
]


@pytest.fixture
def people(set_up, live_server, transactional_db):
    for name in ("attorney", "staff"):
        user = User.objects.get(username=name)
        user.set_password("correct horse")
        user.save()


@pytest.fixture
def visit(browser, live_server, people):
    """visit("attorney") → a page signed in, which tells on errors and strangers."""
    contexts, faults = [], []

    def open_page(username=None, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and faults.append(m.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: own(r.url) or faults.append(r.url))
        if username:
            page.goto("/admin/login/")
            page.fill("#id_username", username)
            page.fill("#id_password", "correct horse")
            page.press("#id_password", "Enter")
            page.wait_for_url("**/admin/")
        return page

    def own(url):
        return url.startswith((live_server.url, "data:", "about:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    # A 404 that was asked for is no fault.
    assert [f for f in faults if "404" not in f] == []


def editor_ready(page):
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").wait_for()
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def write(page, title, words):
    page.goto("/admin/posts/post/add/")
    body = editor_ready(page)
    page.fill("#id_title", title)
    body.click()
    page.keyboard.type(words)


def test_the_attorney_writes_previews_publishes_and_a_visitor_reads(visit):
    page = visit("attorney")
    write(page, "Bond hearings", "Some plain words.")
    page.get_by_role("button", name="Save and preview").click()
    assert page.get_by_text("Draft, not published.").is_visible()
    assert page.get_by_text("Some plain words.").is_visible()
    page.get_by_role("link", name="Approve and publish…").click()
    page.get_by_role("button", name="Approve and publish").click()
    assert "Approved and live" in page.text_content(".messagelist")
    reader = visit()
    reader.goto("/posts/bond-hearings/")
    assert reader.get_by_role("heading", name="Bond hearings").is_visible()
    assert reader.get_by_text("Some plain words.").is_visible()
    assert reader.context.cookies() == []


def test_a_picture_needs_a_description_and_reaches_the_page(visit, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(picture, "PNG")
    page = visit("attorney")
    write(page, "With a picture", "See below.")
    page.locator(".cke_button__image").click()
    dialog = page.locator(".cke_dialog").first
    dialog.get_by_role("tab", name="Upload").click()
    upload = page.frame_locator(".cke_dialog iframe").locator("input[type=file]")
    upload.set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    dialog.get_by_role("button", name="Send it to the Server").click()
    dialog.get_by_role("tab", name="Image Info").wait_for()
    refused = []
    page.on("dialog", lambda d: (refused.append(d.message), d.accept()))
    dialog.get_by_role("button", name="OK").click()
    assert refused == ["Describe the picture for people who cannot see it."]
    dialog.get_by_label("Description for people").fill("A teal wall")
    dialog.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Save and preview").click()
    shown = page.get_by_role("img", name="A teal wall")
    assert shown.evaluate("picture => picture.naturalWidth") == 640


def test_staff_hand_over_and_have_no_button_to_publish(visit):
    page = visit("staff")
    write(page, "Handed over", "Some words.")
    assert page.get_by_role("button", name="Approve and publish…").count() == 0
    page.get_by_role("button", name="Send for approval").click()
    assert "Waiting for approval" in page.text_content("#result_list")
    assert not Edition.objects.exists()


def test_what_is_pasted_is_clean_when_saved(visit):
    page = visit("attorney")
    write(page, "Pasted", "")
    page.locator(".cke_button__source").click()
    page.locator("textarea.cke_source").fill(
        "<h1>Big</h1><p style='color:red' onclick='a()'>kept<script>b()</script>"
        "<a href='javascript:c()'>link</a></p>"
    )
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/admin/posts/post/")
    assert Post.objects.get().body.replace("\n", "") in (
        "<h2>Big</h2><p>keptlink</p>",
        "<p>Big</p><p>keptlink</p>",
    )


def test_one_tap_on_a_phone_flips_the_flag_that_visitors_see(visit):
    page = visit("staff", viewport={"width": 390, "height": 844})
    page.goto("/admin/offices/office/")
    switch = page.get_by_role("switch", name="By appointment only").first
    assert switch.bounding_box()["height"] >= 44
    switch.click()
    page.locator(".messagelist").wait_for()
    assert Office.objects.get(slug="fort-lee").appointment_only
    reader = visit()
    reader.goto("/offices/fort-lee/")
    assert reader.get_by_role("main").get_by_text("By appointment only").is_visible()


@pytest.mark.parametrize("width", [320, 390, 1600])
def test_no_public_page_is_wider_than_the_screen(visit, publish, width):
    publish(topics=["Asylum"])
    page = visit(viewport={"width": width, "height": 800})
    for address in PUBLIC:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


def test_pages_read_the_same_without_javascript(visit, publish):
    publish()
    with_script, without = visit(), visit(java_script_enabled=False)
    for address in PUBLIC:
        with_script.goto(address)
        without.goto(address)
        assert with_script.inner_text("body") == without.inner_text("body")


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(visit, publish):
    publish()
    page = visit()
    page.goto("/posts/a-title/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the text"
    assert focused.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(visit, publish, scheme):
    publish(topics=["Asylum"], law_as_of="2018-08-27")
    page = visit(color_scheme=scheme)
    page.goto("/posts/a-title/")
    for selector in (
        ".prose p",
        ".meta",
        ".eyebrow a",
        ".bottom p a",
        ".overdue",
        "h1",
    ):
        colours = page.locator(selector).first.evaluate(
            """element => {
                const colour = getComputedStyle(element).color;
                let behind = element;
                while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)")
                    behind = behind.parentElement;
                return [colour, getComputedStyle(behind).backgroundColor];
            }"""
        )
        assert contrast(*map(luminance, colours)) >= 4.5, (selector, colours)


def luminance(colour):
    """Of 'rgb(1, 2, 3)', as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
