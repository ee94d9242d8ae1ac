"""Unsaved text survives a closed tab, an expired session and a server that is down."""

from datetime import timedelta

import pytest
from helpers.watching import begin
from playwright.sync_api import expect

from lawblog.people.models import DeskSession
from posts.models import Post, Topic

ADD = "/admin/posts/post/add/"
# What is written is kept every three seconds: here in a twentieth of that.
HURRY = """const real = setInterval;
    setInterval = (act, wait) => real(act, wait === 3000 ? 150 : wait);"""


@pytest.fixture
def visit(visit):
    def open_page(*args, **options):
        page = visit(*args, **options)
        page.context.add_init_script(HURRY)
        return page

    open_page.faults = visit.faults
    return open_page


def stored(page):
    return page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('lawblog')).join()"
    )


def wait_until_stored(page, words):
    page.wait_for_function(
        "words => JSON.stringify(localStorage).includes(words)", arg=words
    )


def write(page, title, words):
    begin(page, title)
    page.keyboard.type(words)
    wait_until_stored(page, words)


def nothing_is_kept(page):
    """Waits: the page says that it is saved before its script has run."""
    page.wait_for_function(
        "() => !Object.keys(localStorage).some(name => name.startsWith('lawblog:'))"
    )
    return True


def crash(page):
    """The tab is gone; another one in the same browser."""
    context = page.context
    page.close(run_before_unload=False)
    return context.new_page()


def sheet(page):
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def saved(page, button="Save and close"):
    page.get_by_role("button", name=button, exact=True).click()
    page.locator(".messagelist").wait_for()


def test_text_of_a_closed_tab_is_offered_put_back_saved_and_dropped(visit, attorney):
    Topic.objects.create(name="Asylum", slug="asylum")
    page = visit(attorney)
    page.goto(ADD)
    page.locator(".field-topics .select2-selection").click()
    page.get_by_role("option", name="Asylum").click()
    page.fill("#id_title", "Bond hearings")
    sheet(page).click()
    page.keyboard.type("A judge decides.")
    wait_until_stored(page, "A judge decides.")
    page = crash(page)
    page.goto(ADD)
    offer = page.locator("#autosave section")
    expect(offer).to_contain_text("that was not saved.“Bond hearings” A judge")
    assert page.input_value("#id_title") == ""
    offer.get_by_role("button", name="Put it back").click()
    expect(sheet(page)).to_contain_text("A judge decides.")
    saved(page)
    post = Post.objects.get()
    assert (post.title, post.body) == ("Bond hearings", "<p>A judge decides.</p>")
    assert [topic.name for topic in post.topics.all()] == ["Asylum"]
    assert nothing_is_kept(page)
    page.goto(ADD)
    page.locator("#autosave[data-looked]").wait_for(state="attached")
    assert offer.count() == 0


def test_discarded_text_is_not_offered_again(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    page = crash(page)
    page.goto(ADD)
    page.get_by_role("button", name="Discard").click()
    assert page.locator("#autosave section").count() == 0
    page.reload()
    page.locator("#autosave[data-looked]").wait_for(state="attached")
    assert page.locator("#autosave section").count() == 0


def test_text_open_in_another_tab_is_not_offered(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    other = page.context.new_page()
    other.goto(ADD)
    other.locator("#autosave[data-looked]").wait_for(state="attached")
    assert other.locator("#autosave section").count() == 0


def test_two_tabs_and_an_offer_left_alone_do_not_take_each_others_place(
    visit, attorney
):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    other = page.context.new_page()
    write(other, "Fees", "A fee is due.")
    page = crash(page)
    page.goto(ADD)
    expect(page.locator("#autosave section")).to_contain_text("A judge decides.")
    page.fill("#id_title", "Third")
    wait_until_stored(page, "Third")
    for words in ("A judge decides.", "A fee is due."):
        wait_until_stored(page, words)


def test_older_text_is_offered_with_a_warning(visit, attorney, make_post):
    post = make_post("Bond hearings")
    page = visit(attorney)
    address = f"/admin/posts/post/{post.pk}/change/"
    page.goto(address)
    page.fill("#id_summary", "Of mine, unsaved.")
    wait_until_stored(page, "Of mine, unsaved.")
    page = crash(page)
    later = post.updated_at + timedelta(minutes=1)
    Post.objects.filter(pk=post.pk).update(summary="Newer.", updated_at=later)
    page.goto(address)
    expect(page.locator("#autosave section")).to_contain_text(
        "was saved after this text"
    )
    assert page.input_value("#id_summary") == "Newer."


def test_older_text_put_back_is_held_up_by_the_lock(visit, attorney, make_post):
    post = make_post("Bond hearings")
    page = visit(attorney)
    address = f"/admin/posts/post/{post.pk}/change/"
    page.goto(address)
    page.fill("#id_summary", "Of mine, unsaved.")
    wait_until_stored(page, "Of mine, unsaved.")
    page = crash(page)
    later = post.updated_at + timedelta(minutes=1)
    Post.objects.filter(pk=post.pk).update(summary="Newer.", updated_at=later)
    page.goto(address)
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_text("Two people changed this article")).to_be_visible()
    assert Post.objects.get().summary == "Newer."
    assert page.input_value("#id_summary") == "Of mine, unsaved."
    page.get_by_role("button", name="Save mine over it").click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().summary == "Of mine, unsaved."
    assert nothing_is_kept(page)


def test_an_expired_session_loses_nothing(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    DeskSession.objects.all().delete()
    page.get_by_role("button", name="Save and close").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You were signed out.")
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    login = opened.value
    login.fill("[name=login]", "anna")
    login.fill("[name=password]", "correct horse")
    login.get_by_role("button", name="Sign in", exact=True).click()
    expect(login.get_by_role("button", name="Sign out")).to_be_visible()
    # What is saved elsewhere in the meantime drops nothing.
    login.goto("/admin/posts/topic/add/")
    login.fill("#id_name", "Asylum")
    login.fill("#id_slug", "asylum")
    saved(login, "Save")
    assert stored(login)
    dialog.get_by_role("button", name="Save now").click()
    page.locator(".messagelist").wait_for()
    assert Post.objects.get().body == "<p>A judge decides.</p>"
    assert nothing_is_kept(page)


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
    expect(page.get_by_text("is set to store nothing")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    page.get_by_role("button", name="Back to the text").click()
    assert page.input_value("#id_title") == "Kept in the form"
    # The colours of Django's own pages ask for the store, and say so.
    visit.faults.clear()


def test_a_server_that_is_down_loses_nothing(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    # What a proxy says for it. (A refused connection would count as a fault above.)
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
    page.locator("#autosave[data-looked]").wait_for(state="attached")
    assert page.locator("#autosave section").count() == 0
    page.fill("#id_slug", "free")
    saved(page)
    assert nothing_is_kept(page)


def test_sign_out_drops_ones_own_text_and_nobody_elses(visit, attorney):
    page = visit(attorney)
    write(page, "Bond hearings", "A judge decides.")
    page.evaluate("localStorage.setItem('lawblog:kept:0:new:x', '{}')")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/logout/")
    assert stored(page) == "lawblog:kept:0:new:x"


SESSION = "/admin/posts/post/session/"


def test_the_session_address_tells_a_stranger_nothing(client, db):
    response = client.get(SESSION)
    assert response.json() == {"user": ""} and not response.cookies
    assert client.post(SESSION).status_code == 405


def test_the_session_address_names_who_is_signed_in(staff_client, staff):
    answer = staff_client.get(SESSION)
    assert answer.json()["user"] == str(staff.pk) and answer.json()["csrf"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"autosave": "abc1"}, "abc1"),
        ({"autosave": "no; path=/"}, None),
        ({}, None),
        # Refused, so not saved.
        ({"autosave": "abc1", "title": ""}, None),
    ],
)
def test_only_a_save_lets_the_browser_drop_its_copy(
    staff_client, post_form, fields, told
):
    response = staff_client.post(ADD, post_form(**fields))
    cookie = response.cookies.get("autosave_saved")
    assert (cookie and cookie.value) == told
    assert not cookie or cookie["path"] == "/admin/"
