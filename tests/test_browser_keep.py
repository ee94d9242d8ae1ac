"""What is typed survives a closed tab, an ended session and a server that is away."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from test_browser_admin import begin, visit  # noqa: F401 - a fixture

from posts.models import Post

OFFER = ".kept"


@pytest.fixture
def page(visit, attorney):  # noqa: F811
    return visit(attorney)


def write(page, title="Long work", words="Typed for an hour."):
    sheet = begin(page, title)
    sheet.type(words)
    # As when the tab is closed, or another one comes to the front.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    return sheet


def sheet(page):
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def test_a_closed_tab_loses_nothing(page):
    write(page)
    page.goto("/admin/")
    page.goto("/admin/posts/post/add/")
    offer = page.locator(OFFER)
    expect(offer).to_contain_text("“Long work” Typed for an hour.")
    expect(sheet(page)).to_have_text("")
    offer.get_by_role("button", name="Put it back").click()
    expect(page.locator("#id_title")).to_have_value("Long work")
    expect(sheet(page)).to_contain_text("Typed for an hour.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert "Typed for an hour." in Post.objects.get().body
    page.goto("/admin/posts/post/add/")
    expect(sheet(page)).to_be_visible()
    assert page.locator(OFFER).count() == 0


def test_a_session_that_ended_loses_nothing(page, attorney):
    write(page)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    page.fill("#id_username", "anna")
    page.fill("#id_password", "correct horse")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(OFFER)).to_contain_text("Typed for an hour.")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert "Typed for an hour." in Post.objects.get().body


def test_a_server_that_is_away_loses_nothing(page):
    write(page)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
    page.context.set_offline(False)
    page.goto("/admin/posts/post/add/")
    expect(page.locator(OFFER)).to_contain_text("Typed for an hour.")


def test_what_is_discarded_is_gone_and_log_out_leaves_nothing(page):
    write(page)
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    page.reload()
    expect(sheet(page)).to_be_visible()
    assert page.locator(OFFER).count() == 0
    write(page)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Log in again")).to_be_visible()
    # Django's admin keeps its own theme and sidebar.
    assert "lawblog" not in page.evaluate("JSON.stringify(localStorage)")


def test_text_of_an_older_state_is_offered_with_a_warning(page, make_post):
    post = make_post()
    page.goto(f"/admin/posts/post/{post.pk}/change/")
    sheet(page).click()
    page.keyboard.type("Mine. ")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    Post.objects.get().save()
    Post.objects.filter(pk=post.pk).update(updated_at="2026-11-24T15:01Z")
    page.reload()
    expect(page.locator(OFFER)).to_contain_text("The article was saved since")
    expect(sheet(page)).to_have_text("Text of A title.")
