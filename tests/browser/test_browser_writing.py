"""The writing page in a real browser: checks, preview and saving, as one types."""

from helpers.watching import begin, contrast
from playwright.sync_api import expect

from posts.models import Post

SAID = "#autosave-said"


def change(post):
    return f"/admin/posts/post/{post.pk}/change/"


def ready(page):
    page.locator("#autosave[data-looked]").wait_for(state="attached")


def preview(page):
    page.get_by_role("button", name="Preview", exact=True).click()
    return page.frame_locator("iframe[data-shown]")


def test_the_checks_follow_what_is_typed_and_are_announced(visit, staff):
    page = visit(staff)
    begin(page, "Fees")
    page.keyboard.type("We guarantee success.")
    checks = page.locator("#checks")
    expect(checks).to_contain_text("may read as a promise")
    expect(page.locator("#told")).to_have_text("1 to read")
    expect(page.get_by_role("status")).to_have_text("Checks: 1 to read")
    expect(checks).to_contain_text("3 words")
    page.keyboard.press("Control+A")
    page.keyboard.type("We do our work.")
    expect(page.locator("#told")).to_have_text("Nothing found")
    assert not Post.objects.exists()


def test_a_finding_leads_to_its_words_and_to_its_field(visit, staff, make_post):
    body = "<p>First.</p><p>Nobody can <b>guarantee&nbsp; an</b> outcome.</p>"
    post = make_post("Fees", summary="The best lawyer.", body=body)
    page = visit(staff)
    page.goto(change(post))
    ready(page)
    page.locator("#checks .show[data-field=body]").first.click()
    chosen = "CKEDITOR.instances.id_body.getSelection().getSelectedText()"
    assert "guarantee" in page.evaluate(chosen)
    page.locator("#checks .show[data-field=summary]").first.click()
    expect(page.locator("#id_summary")).to_be_focused()


def test_the_preview_follows_and_keeps_its_place(visit, staff, make_post):
    post = make_post("Fees", body="<p>Long.</p>" * 200)
    page = visit(staff)
    page.goto(change(post))
    ready(page)
    inside = preview(page)
    expect(inside.locator("h1")).to_have_text("Fees")
    scroller = "frame => frame.contentDocument.documentElement"
    frame = page.locator("#preview iframe")
    frame.evaluate(f"frame => {{ ({scroller})(frame).scrollTop = 900; }}")
    page.fill("#id_title", "Fees and costs")
    expect(inside.locator("h1")).to_have_text("Fees and costs")
    assert frame.evaluate(f"frame => ({scroller})(frame).scrollTop") == 900
    assert frame.evaluate("frame => frame.clientWidth") <= 392
    page.get_by_role("button", name="Computer").click()
    assert frame.evaluate("frame => frame.clientWidth") == 1040
    assert Post.objects.get().title == "Fees"


def test_no_script_runs_in_the_preview(visit, staff):
    page = visit(staff)
    begin(page, "Fees")
    inside = preview(page)
    expect(inside.locator("h1")).to_have_text("Fees")
    frame = page.locator("#preview iframe")
    assert "allow-scripts" not in frame.get_attribute("sandbox")
    put = """frame => {
        const script = frame.contentDocument.createElement("script");
        script.textContent = "window.ran = true";
        frame.contentDocument.body.append(script);
        return frame.contentWindow.ran ?? false;
    }"""
    assert frame.evaluate(put) is False
    visit.faults.clear()


def test_requests_do_not_pile_up_and_the_newest_wins(visit, staff):
    page = visit(staff)
    begin(page, "Fees")
    expect(page.locator(SAID)).to_contain_text("Saved")
    held, sent = [], []

    def hold(route):
        sent.append(route.request.post_data.replace("+", " "))
        held.append(route) if len(sent) == 1 else route.continue_()

    page.route("**/autosave/", hold)
    with page.expect_request("**/autosave/"):
        page.keyboard.type("One.")
    # While the first is on its way, nothing else is sent, however much is asked for.
    page.keyboard.type(" Two. Three. Four.")
    for _ in range(3):
        page.locator("#post_form").dispatch_event("look")
    page.evaluate("fetch('/admin/posts/post/session/').then(answer => answer.json())")
    assert len(sent) == 1
    with page.expect_response("**/autosave/"):
        held[0].continue_()
    with page.expect_response("**/autosave/"):
        page.keyboard.type(" Five.")
    assert "Four." in sent[1] and len(sent) <= 3
    page.unroute("**/autosave/")


def test_ctrl_s_saves_where_one_stands(visit, staff):
    page = visit(staff)
    begin(page, "Fees")
    page.keyboard.type("A fee is due.")
    for _ in "due.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+s")
    # A new article gets an address; its page begins at the same words.
    page.locator(".messagelist").wait_for()
    ready(page)
    page.keyboard.type("now ")
    page.evaluate("() => { window.stayed = true; }")
    page.keyboard.press("Control+s")
    expect(page.locator("#announced")).to_have_text("Saved.")
    expect(page.locator(SAID)).to_contain_text("Last saved Nov 24, 2026, 10 a.m.")
    assert Post.objects.get().body == "<p>A fee is now due.</p>"
    # What one goes on to write is no change of somebody else's.
    page.keyboard.type("over")
    page.fill("#id_title", "Costs")
    with page.expect_response("**/change/"):
        page.keyboard.press("Control+s")
    expect(page.locator("#announced")).to_have_text("Saved.")
    post = Post.objects.get()
    assert (post.title, post.body) == ("Costs", "<p>A fee is now overdue.</p>")
    assert page.evaluate("() => window.stayed")


def test_what_ctrl_s_cannot_save_is_said_and_stays(visit, staff, make_post):
    make_post("Taken")
    page = visit(staff)
    page.goto(change(make_post("Fees")))
    ready(page)
    page.fill("#id_title", "Costs")
    page.route("**/change/", lambda route: route.fulfill(status=503, body="Away"))
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The server does not answer.")
    dialog.get_by_role("button", name="Back to the text").click()
    page.unroute("**/change/")
    visit.faults.clear()
    page.locator("summary", has_text="Address").click()
    page.fill("#id_slug", "taken")
    page.keyboard.press("Control+s")
    expect(page.locator(".errornote")).to_be_visible()
    assert page.input_value("#id_title") == "Costs"
    assert Post.objects.get(slug="fees").title == "Fees"


def test_the_editor_has_the_colours_of_the_desk(visit, staff):
    page = visit(staff, color_scheme="dark")
    page.add_init_script("localStorage.setItem('theme', 'light')")
    sheet = begin(page, "Fees")
    page.keyboard.type("A fee is due.")
    colour = "(body, name) => getComputedStyle(body)[name].match(/\\d+/g).map(Number)"
    button = page.locator(".cke_button_label").filter(has_text="Callout")
    papers = []
    # As it begins, and as the button of the desk changes it.
    for system, chosen in (("dark", None), ("light", "dark"), ("dark", "auto")):
        page.emulate_media(color_scheme=system)
        if chosen:
            choose = "theme => { document.documentElement.dataset.theme = theme; }"
            page.evaluate(choose, chosen)
        desk = page.locator("body").evaluate(colour, "backgroundColor")
        expect(sheet).to_have_css(
            "background-color", f"rgb({', '.join(map(str, desk))})"
        )
        assert contrast(sheet.locator("p").evaluate(colour, "color"), desk) > 7
        assert contrast(button.evaluate(colour, "color"), desk) > 4.5
        papers.append(desk)
    assert papers[0] != papers[1] == papers[2]


def test_on_a_phone_nothing_is_cut_and_the_buttons_stay(visit, staff, make_post):
    post = make_post("Fees", body="<p>Long.</p>" * 50)
    page = visit(staff, viewport={"width": 320, "height": 800})
    page.goto(change(post))
    ready(page)
    fits_a_phone(page, 320)
    page.set_viewport_size({"width": 390, "height": 800})
    fits_a_phone(page, 390)


def fits_a_phone(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    edge = "element => element.getBoundingClientRect().right"
    field = page.locator("#id_summary").evaluate(edge)
    assert page.locator(".cke_chrome").evaluate(edge) <= field + 0.5
    page.evaluate("scrollTo(0, 400)")
    save = page.get_by_role("button", name="Save", exact=True)
    assert save.bounding_box()["y"] + save.bounding_box()["height"] <= 800


def test_on_a_wide_screen_the_buttons_stay_in_sight(visit, staff, make_post):
    post = make_post("Fees", body="<p>Long.</p>" * 50)
    page = visit(staff, viewport={"width": 1280, "height": 700})
    page.goto(change(post))
    ready(page)
    page.evaluate("document.querySelector('.aside').scrollTo(0, 9999)")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    text, beside = page.locator(".middle"), page.locator(".aside")
    assert (
        text.bounding_box()["x"] + text.bounding_box()["width"]
        < beside.bounding_box()["x"]
    )
