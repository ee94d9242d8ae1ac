"""Passkeys in a real browser, with an authenticator that Chromium plays. The way of a
colleague from the invitation to being closed: test_browser_walk.py."""

import time
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from helpers.passkeys import (
    DESK,
    choose_password,
    set_up_passkey,
    sign_in,
    with_authenticator,
)
from helpers.signing_in import PASSWORD
from playwright.sync_api import expect

from lawblog.people.inside_allauth import format_hotp_value, hotp_value

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def owner(set_up, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = User.objects.get(is_superuser=True)
    user.first_name, user.last_name = "Olive", "Example"
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_passkey_alone_opens_the_desk(visit, owner):
    page = with_authenticator(visit())
    sign_in(page, "attorney", PASSWORD)
    set_up_passkey(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/admin/record/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/admin/record/")


def test_an_app_is_set_up_and_used_as_another_way_on_a_phone(visit, owner):
    page = with_authenticator(visit(viewport=PHONE))
    sign_in(page, "attorney", PASSWORD)
    set_up_passkey(page)
    page.goto("/admin/account/")
    page.get_by_role("link", name="Add an app").click()
    page.get_by_text("I read this on the phone itself").click()
    secret = page.locator(".secret").inner_text()
    page.fill("#id_code", code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("Your authenticator app is set up.")).to_be_visible()

    other = visit(viewport=PHONE)
    sign_in(other, "attorney", PASSWORD)
    other.get_by_text("Use another way", exact=True).click()
    other.fill("#id_code", code_of(secret, 1))
    other.get_by_role("button", name="Sign in").click()
    expect(other).to_have_url(DESK)


def code_of(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def test_a_device_without_the_passkey_is_told_why(visit, owner):
    page = with_authenticator(visit())
    sign_in(page, "attorney", PASSWORD)
    set_up_passkey(page)
    other = with_authenticator(visit())
    sign_in(other, "attorney", PASSWORD)
    other.get_by_role("button", name="Use your passkey").click()
    expect(other.locator("#passkey-trouble")).to_contain_text(
        "a passkey works only at the address where it was made"
    )


def test_an_address_that_can_have_no_passkeys_is_told_so(visit, owner, live_server):
    page = with_authenticator(visit())
    visit.faults.clear()
    numbers = live_server.url.replace("localhost", "127.0.0.1")
    page.goto(f"{numbers}/admin/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey-trouble")).to_contain_text("do not work at 127.0.0.1")
    visit.faults.clear()  # another host than the one that is watched


def test_without_scripts_the_password_and_the_code_still_do(visit, owner):
    page = visit(java_script_enabled=False)
    page.goto("/admin/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page, "attorney", PASSWORD)
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def test_a_link_is_copied_and_lets_one_choose_a_password(visit, owner):
    page = visit(owner, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/admin/people/")
    page.get_by_role("button", name="New password link: staff").click()
    page.bring_to_front()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#address").input_value()
    page.context.clear_cookies()
    choose_password(page, urlsplit(copied).path)
    expect(page.get_by_role("link", name="Set up a passkey")).to_be_visible()
