"""Slow machines and impatient people: scripts that come late or never, two presses
where one was meant, a press while another is on its way, a new sign-in elsewhere."""

import re

from django.test import Client
from helpers.signing_in import signed_in
from helpers.watching import begin
from playwright.sync_api import expect

from lawblog.models import Autosaved
from posts.models import PassageNote, Post

ADD = "/admin/posts/post/add/"
SAID = "#autosave-said"
SAVED = "Saved 10:00 a.m. in your own copy. “Save” puts it in the article."
OFFER = "#autosave .offer"
ICON = "/static/lawblog/icon.svg"
PASTED = """(body, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", `<p>${words}</p>`);
    clipboardData.setData("text/plain", words);
    const options = {clipboardData, bubbles: true, cancelable: true};
    body.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def looked(page):
    page.locator("#autosave[data-looked]").wait_for(state="attached")


def sheet(page):
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def held(page, address):
    """What is asked of the address from now on waits; `go_on()` lets it go."""
    waiting = []
    page.route(address, lambda route: waiting.append(route))

    def go_on():
        for route in waiting:
            route.continue_()
        page.unroute(address)

    return waiting, go_on


def is_sent(answer):
    return answer.request.method == "POST" and answer.url.endswith(ADD)


def sent_by(page, address=ADD):
    """[names of the buttons that went along] for each time that the form is sent; it
    never arrives."""
    sent = []

    def refuse(route):
        if route.request.method == "POST":
            sent.append(re.findall(r"\b(_[a-z]+)\b", route.request.post_data))
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route(f"**{address}", refuse)
    return sent


def test_what_is_typed_before_the_scripts_are_there_is_kept(visit, attorney):
    page = visit(attorney)
    late = [held(page, f"**/{name}*.js") for name in ("prepopulate_init", "autosave")]
    page.goto(ADD, wait_until="commit")
    page.fill("#id_title", "Bond hearings")
    page.locator("#id_summary").focus()
    for _, go_on in late:
        go_on()
    expect(page.locator(SAID)).to_have_text(SAVED)
    data = Autosaved.objects.get().data
    assert (data["title"], data["slug"]) == ("Bond hearings", "bond-hearings")


def test_where_a_script_does_not_arrive_the_form_is_sent_as_any(visit, attorney):
    page = visit(attorney)
    page.route("**/own_copies*.js", lambda route: route.abort())
    begin(page, "Bond hearings")
    page.keyboard.type("A judge decides.")
    page.unroute("**/own_copies*.js")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().body == "<p>A judge decides.</p>"
    visit.faults.clear()  # the browser's own word on the script


def test_nothing_is_lost_by_signing_out_and_who_signed_in_anew_goes_on(visit, attorney):
    page = visit(attorney)
    begin(page, "Bond hearings")
    expect(page.locator(SAID)).to_have_text(SAVED)
    page.route("**/autosave/", lambda route: route.fulfill(status=404))
    page.fill("#id_summary", "A summary.")
    expect(page.locator(SAID)).to_contain_text("The desk could not take it. Your text")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(SAID)).to_be_in_viewport()
    assert "Bond+hearings" in page.evaluate("JSON.stringify(localStorage)")
    page.unroute("**/autosave/")
    # In another tab.
    anew = signed_in(attorney, Client()).cookies["sessionid"].value
    page.context.clear_cookies()
    address = page.evaluate("location.origin")
    cookie = {"name": "sessionid", "value": anew, "url": address}
    page.context.add_cookies([cookie])
    page.fill("#id_summary", "Another summary.")
    expect(page.locator(SAID)).to_have_text(SAVED)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/logout/")
    expect(page.locator("main")).not_to_contain_text("Not sent")
    assert Autosaved.objects.get().data["summary"] == "Another summary."
    visit.faults.clear()  # the browser's own word on what was refused


def test_a_double_click_is_meant_for_one_copy(visit, attorney):
    for name in ("one", "two", "three"):
        Autosaved.objects.keep(attorney, name, "posts.post new", f"title={name}")
    page = visit(attorney)
    page.goto(ADD)
    looked(page)
    page.get_by_role("button", name="Discard").dblclick()
    expect(page.get_by_role("button", name="Show the copy")).to_be_focused()
    assert Autosaved.objects.count() == 2
    expect(page.locator(OFFER)).to_have_count(1)
    # The first press is answered before the second comes.
    x, y = page.get_by_role("button", name="Discard").evaluate(
        "button => (({x, y}) => [x + 9, y + 9])(button.getBoundingClientRect())"
    )
    with page.expect_response("**/autosave/"):
        page.mouse.click(x, y)
    page.locator(OFFER).wait_for()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    with page.expect_response("**/autosave/*/"):
        page.get_by_role("button", name="Use it").dblclick()
    expect(page.locator(OFFER)).to_have_count(0)
    expect(page.locator("#id_title")).to_be_focused()
    expect(page.locator(SAID)).to_have_text(SAVED)
    assert page.input_value("#id_title") in ("one", "two", "three")


def test_the_button_that_was_pressed_last_counts_alone(visit, staff):
    page = visit(staff)
    begin(page, "Bond hearings")
    sent = sent_by(page)
    for name in ("Send for approval", "Save and close"):
        with page.expect_response(is_sent):
            page.get_by_role("button", name=name).click()
    assert sent == [["_submit"], ["_save"]]
    _, go_on = held(page, "**/session/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save and preview").click()
    with page.expect_response(is_sent):
        go_on()
    # Enter saves; it sends nothing for approval.
    page.locator("#id_slug").evaluate("one => { one.closest('details').open = true; }")
    with page.expect_response(is_sent):
        page.locator("#id_slug").press("Enter")
    assert sent[2:] == [["_preview"], ["_continue"]]


def test_what_is_pasted_stands_in_its_order_and_is_saved(visit, staff):
    page = visit(staff)
    begin(page, "Bond hearings")
    waiting, go_on = held(page, "**/admin/paste/")
    for words in ("First.", "Second."):
        with page.expect_request("**/admin/paste/"):
            sheet(page).evaluate(PASTED, words)
    page.get_by_role("button", name="Save and close").click()
    waiting.reverse()
    go_on()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().body == "<p>First.Second.</p>"


def test_the_cover_is_the_one_that_was_chosen_last_and_is_kept(visit, staff):
    page = visit(staff)
    begin(page, "Bond hearings")
    page.locator(".cover-preview").evaluate(
        "box => { box.closest('details').open = true; }"
    )
    late, slow = [], []
    found = {"url": ICON, "thumbnail": ICON, "alt": "A wall", "name": "wall"}
    page.route("**/pictures/find/?q=", lambda route: late.append(route))
    page.route("**/find/?q=wall", lambda route: route.fulfill(json={"found": [found]}))
    page.route("**/admin/upload/**", lambda route: slow.append(route))
    page.get_by_text("Choose from the library").click()
    words = page.get_by_label("Words of a name or description")
    # As of a session that is over.
    page.route("**/find/?q=x", lambda route: route.fulfill(body="Sign in"))
    words.fill("x")
    page.get_by_text("The library could not be asked.").wait_for()
    words.fill("wall")
    picture = page.get_by_role("button", name="A wall")
    picture.wait_for()
    with page.expect_response("**/pictures/find/?q="):
        late[0].fulfill(json={"found": []})
    expect(page.locator(SAID)).to_have_text(SAVED)
    file = {"name": "a.png", "mimeType": "image/png", "buffer": b"-"}
    page.locator("#id_picture").set_input_files([file])

    def holds(asked):
        return "/autosave/" in asked.url and "icon.svg" in asked.post_data

    # Choosing is kept as what is typed is.
    with page.expect_request(holds):
        picture.click()
    expect(page.locator("#id_cover_alt")).to_be_focused()
    with page.expect_response("**/admin/upload/**"):
        slow[0].fulfill(json={"uploaded": 1, "url": "/elsewhere.png"})
    assert page.input_value("#id_cover") == ICON


def test_a_note_that_is_half_written_stays_when_another_is_sent(
    visit, staff, make_post
):
    post = make_post()
    note = PassageNote.objects.create(post=post, text="So?", author_name="Anna")
    page = visit(staff)
    page.goto(f"/admin/posts/post/{post.pk}/notes/")
    page.get_by_text("Add a note").click()
    page.get_by_label("Note", exact=True).fill("Half a thought")
    page.get_by_label("Reply to Anna").fill("Yes.")
    page.route("**/notes/", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Reply").click()
    told = "The note did not arrive. The desk could not take it."
    expect(page.locator("#notes .errornote")).to_contain_text(told)
    expect(page.get_by_role("button", name="Reply")).to_be_focused()
    page.unroute("**/notes/")
    page.get_by_role("button", name="Reply").dblclick()
    expect(page.locator("#notes .reply")).to_contain_text("Yes.")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half a thought")
    expect(page.get_by_label("Note", exact=True)).to_be_visible()
    expect(page.get_by_label("Reply to Anna")).to_have_value("")
    assert note.answers.count() == 1
    visit.faults.clear()  # the browser's own word on what was refused


def test_a_form_without_a_script_of_its_own_is_sent_once(visit, staff):
    page = visit(staff)
    page.goto("/admin/posts/term/add/")
    page.fill("#id_term", "Parole")
    page.fill("#id_explanation", "A permission to be here for a time.")
    sent = sent_by(page, "/admin/posts/term/add/")
    with page.expect_response(lambda answer: len(sent) and not sent[-1]):
        # By no button: that is another press.
        page.get_by_role("button", name="Save", exact=True).evaluate("""async one => {
            const pause = () => new Promise(done => setTimeout(done, 300));
            for (let times = 0; times < 2; times++) { one.click(); await pause(); }
            one.form.requestSubmit();
        }""")
    assert sent == [["_save"], []]


def test_two_tabs_that_open_at_once_hand_over_what_is_there_once(visit, staff):
    page = visit(staff)
    page.goto("/admin/")
    gone = page.evaluate("""async () => {
        for (const name of ["one", "two"])
            desk.keep(name, "/admin/posts/post/autosave/", "title=Bond");
        // Another tab takes both while the first is on its way.
        window.fetch = async () => { localStorage.clear(); return new Response("{}"); };
        await desk.handOver();
        return true;
    }""")
    assert gone
