"""Unsaved text survives a closed tab, another machine, an expired session and a server
that is down."""

from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from helpers.watching import begin
from playwright.sync_api import expect

from lawblog.models import Autosaved
from lawblog.people.models import DeskSession
from posts.models import Post, Topic

ADD = "/admin/posts/post/add/"
KEEP = "**/autosave/"
OFFER = "#autosave .offer"
SAVED = "Saved 10:00 a.m. in your own copy. “Save” puts it in the article."


def stored(page):
    """What this browser itself keeps."""
    found = "Object.keys(localStorage).filter(key => key.startsWith('lawblog'))"
    return page.evaluate(found)


def write(page, title, words):
    begin(page, title)

    # A slow hand's words are saved in parts.
    def is_whole(answer):
        data = answer.request.post_data or ""
        return "/autosave/" in answer.url and quote_plus(words) in data

    with page.expect_response(is_whole):
        page.keyboard.type(words)
    expect(page.locator("#autosave-said")).to_have_text(SAVED)
    assert any(words in kept.data.get("body", "") for kept in Autosaved.objects.all())


def crash(page):
    """The tab is gone; another one in the same browser."""
    context = page.context
    page.close(run_before_unload=False)
    return context.new_page()


def looked(page):
    page.locator("#autosave[data-looked]").wait_for(state="attached")
    return page.locator(OFFER)


def sheet(page):
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def saved(page, button="Save and close"):
    page.get_by_role("button", name=button, exact=True).click()
    page.locator(".messagelist").wait_for()


def test_text_of_a_closed_tab_is_offered_put_back_saved_and_let_go(visit, attorney):
    Topic.objects.create(name="Asylum", slug="asylum")
    page = visit(attorney)
    page.goto(ADD)
    page.locator(".field-topics .select2-selection").click()
    page.get_by_role("option", name="Asylum").click()
    page.fill("#id_title", "Bond hearings")
    sheet(page).click()
    page.keyboard.type("A judge decides.")
    expect(page.locator("#autosave-said")).to_have_text(SAVED)
    assert stored(page) == []
    page = crash(page)
    page.goto(ADD)
    offer = page.locator(OFFER)
    expect(offer).to_contain_text(
        "Your own copy of Nov 24, 2026, 10 a.m. is not in the article yet."
    )
    assert page.input_value("#id_title") == ""
    offer.get_by_role("button", name="Show the copy").click()
    expect(offer).to_contain_text("A judge decides.")
    offer.get_by_role("button", name="Use it").click()
    expect(sheet(page)).to_contain_text("A judge decides.")
    expect(offer).to_have_count(0)
    saved(page)
    post = Post.objects.get()
    assert (post.title, post.body) == ("Bond hearings", "<p>A judge decides.</p>")
    assert [topic.name for topic in post.topics.all()] == ["Asylum"]
    page.goto(ADD)
    expect(looked(page)).to_have_count(0)
    assert not Autosaved.objects.exists()


def test_it_is_offered_on_another_machine_to_nobody_else_and_not_while_it_is_open(
    visit, attorney, staff
):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    beside, somebody_else, other = (
        page.context.new_page(),
        visit(staff),
        visit(attorney),
    )
    for without in (beside, somebody_else):
        without.goto(ADD)
        expect(looked(without)).to_have_count(0)
        without.close()
    other = visit(attorney)
    other.goto(ADD)
    other.get_by_role("button", name="Use it").click()
    expect(sheet(other)).to_contain_text("A judge decides.")
    assert other.input_value("#id_title") == "Bond hearings"


def test_of_several_one_line_is_shown_and_none_but_the_discarded_is_lost(
    visit, attorney
):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    other = page.context.new_page()
    write(other, "Fees", "A fee is due.")
    other.close(run_before_unload=False)
    page = crash(page)
    page.goto(ADD)
    expect(page.locator(OFFER)).to_have_count(1)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Show the copy").click()
    expect(page.locator(OFFER)).to_contain_text("A judge decides.")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.reload()
    expect(looked(page)).to_have_count(0)
    assert not Autosaved.objects.exists()


def test_what_was_only_looked_at_is_not_kept(visit, attorney, make_post):
    post = make_post("Bond hearings")
    page = visit(attorney)
    page.goto(f"/admin/posts/post/{post.pk}/change/")
    looked(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.locator("iframe[data-shown]").wait_for()
    page.goto("/admin/")
    assert not Autosaved.objects.exists()


# The pause after which what was typed is sent, as it is: longer than the editor takes.
PATIENT = """() => {
    const hasty = window.setTimeout;
    window.setTimeout = (act, ms) => hasty(act, ms < 1000 ? ms : ms * 10);
}"""


def without_editor(page):
    """An article's form whose editor is not there yet; what it waits for."""
    held = []
    page.route("**/ckeditor/lang/en.js*", lambda route: held.append(route))
    page.goto(ADD, wait_until="domcontentloaded")
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body")
    return held


def test_that_the_editor_takes_its_time_is_nothing_to_keep(visit, attorney):
    page = visit(attorney)
    held = without_editor(page)
    # Longer than the pause after which what was typed is sent.
    page.evaluate("() => { setTimeout(() => { window.isLate = true; }, 5000); }")
    page.wait_for_function("() => window.isLate")
    held[0].continue_()
    looked(page)
    assert not Autosaved.objects.exists()


def test_what_is_typed_before_the_editor_is_there_is_kept(visit, attorney):
    page = visit(attorney)
    held = without_editor(page)
    page.evaluate(PATIENT)
    page.fill("#id_title", "Bond hearings")
    held[0].continue_()
    expect(page.locator("#autosave-said")).to_have_text(SAVED)
    assert Autosaved.objects.get().data["title"] == "Bond hearings"


def test_older_text_put_back_is_held_up_by_the_lock(visit, attorney, make_post):
    post = make_post("Bond hearings")
    page = visit(attorney)
    address = f"/admin/posts/post/{post.pk}/change/"
    page.goto(address)
    looked(page)
    page.fill("#id_summary", "Of mine, unsaved.")
    expect(page.locator("#autosave-said")).to_have_text(SAVED)
    page = crash(page)
    later = post.updated_at + timedelta(minutes=1)
    Post.objects.filter(pk=post.pk).update(summary="Newer.", updated_at=later)
    page.goto(address)
    expect(page.locator(OFFER)).to_contain_text("was saved after you began it")
    assert page.input_value("#id_summary") == "Newer."
    page.get_by_role("button", name="Use it").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_text("Two people changed this article")).to_be_visible()
    assert Post.objects.get().summary == "Newer."
    assert page.input_value("#id_summary") == "Of mine, unsaved."
    page.get_by_role("button", name="Save mine over it").click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().summary == "Of mine, unsaved."
    assert not Autosaved.objects.exists()


def sign_in_again(page, dialog):
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    login = opened.value
    login.fill("[name=login]", "anna")
    login.fill("[name=password]", "correct horse")
    login.get_by_role("button", name="Sign in", exact=True).click()
    expect(login.get_by_role("button", name="Sign out")).to_be_visible()


def test_an_expired_session_loses_nothing(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    DeskSession.objects.all().delete()
    page.get_by_role("button", name="Save and close").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You were signed out.")
    sign_in_again(page, dialog)
    dialog.get_by_role("button", name="Save now").click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().body == "<p>A judge decides.</p>"
    assert not Autosaved.objects.exists() and stored(page) == []


# A browser that stores nothing: Chromium throws, Firefox has none.
STORELESS = {
    "throws": "get() { throw new DOMException('off', 'SecurityError'); }",
    "has none": "value: null",
}


@pytest.mark.parametrize("how", STORELESS.values(), ids=STORELESS.keys())
def test_an_expired_session_loses_nothing_where_nothing_is_stored(visit, attorney, how):
    page = visit(attorney)
    page.context.add_init_script(
        f"Object.defineProperty(window, 'localStorage', {{ {how} }})"
    )
    begin(page, "Kept in the form")
    expect(page.locator("#autosave-said")).to_have_text(SAVED)
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("You were signed out.")
    page.get_by_role("button", name="Back to the text").click()
    assert page.input_value("#id_title") == "Kept in the form"
    page.fill("#id_summary", "More.")
    expect(page.locator("#autosave-said")).to_contain_text("leave this page open")
    # Nothing throws. That the server refused the text is told by the browser, too.
    assert all("403 (Forbidden)" in fault for fault in visit.faults)
    visit.faults.clear()


def test_while_the_server_is_away_the_browser_keeps_it_and_then_hands_it_over(
    visit, attorney
):
    page = visit(attorney)
    # What a proxy says for it. (A refused connection would count as a fault above.)
    page.route(KEEP, lambda route: route.fulfill(status=200, body="Bad gateway"))
    page.route("**/session/", lambda route: route.fulfill(body="Bad gateway"))
    begin(page, "Bond hearings")
    page.keyboard.type("A judge decides.")
    said = page.locator("#autosave-said")
    expect(said).to_contain_text("does not answer. Your text is kept in this browser")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('+decides.')")
    assert len(stored(page)) == 1 and not Autosaved.objects.exists()
    page = crash(page)
    # Any page of the desk hands it over.
    page.goto("/admin/")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some(k => k.startsWith('lawblog'))"
    )
    page.goto(ADD)
    page.get_by_role("button", name="Use it").click()
    expect(sheet(page)).to_contain_text("A judge decides.")


def test_a_server_that_is_down_loses_nothing(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    page.route("**/session/", lambda route: route.fulfill(body="Bad gateway"))
    page.get_by_role("button", name="Save and close").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The server does not answer.")
    page.unroute("**/session/")
    dialog.get_by_role("button", name="Save now").click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().title == "Bond hearings"


def test_a_refused_form_goes_on_with_its_own_copy(visit, attorney, make_post):
    make_post("Taken")
    page = visit(attorney)
    write(page, "Taken", "A judge decides.")
    page.get_by_role("button", name="Save and close").click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(looked(page)).to_have_count(0)
    # What is wrong is unfolded.
    page.fill("#id_slug", "free")
    saved(page)
    assert not Autosaved.objects.exists()


def test_signing_out_keeps_the_text_on_the_server_and_nothing_here(visit, attorney):
    page = visit(attorney)
    begin(page, "Bond hearings")
    page.keyboard.type("A judge decides.")
    page.evaluate("localStorage.setItem('lawblog:typed:0:x', '{}')")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/logout/")
    assert "A judge decides." in Autosaved.objects.get().data["body"]
    assert stored(page) == ["lawblog:typed:0:x"]
