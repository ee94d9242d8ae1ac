"""From a fresh site to a colleague who is out at once: each step in few presses."""

import re
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core import mail
from helpers.passkeys import DESK, choose_password, set_up_passkey, sign_in
from helpers.passkeys import with_authenticator as at_device
from helpers.signing_in import PASSWORD
from helpers.watching import begin
from playwright.sync_api import expect

from lawblog.notices.sending import send_due
from lawblog.people import roles
from posts.models import Edition

# The most presses that each step may take, besides what is typed.
MOST = {
    "the owner enrols": 4,
    "invites": 1,
    "staff enrols on a phone": 4,
    "drafts": 1,
    "the attorney approves": 1,
    "staff gets in again": 4,
    "is closed": 1,
    "is out at once": 0,
}
COUNT = "addEventListener('pointerdown', () => pressed(), true)"


@pytest.fixture
def step(record_property):
    """step.watch(page) counts its presses; with step(name): what is done in a step.
    Presses and seconds of each stand in pytest's report (--junitxml)."""
    presses = []

    @contextmanager
    def count(name):
        presses.clear()
        began = time.perf_counter()
        yield
        seconds = round(time.perf_counter() - began, 1)
        record_property(name, f"{len(presses)} presses, {seconds} s")
        assert len(presses) <= MOST[name], name

    def watch(page):
        page.expose_binding("pressed", lambda _: presses.append(1))
        page.add_init_script(COUNT)
        return page

    count.watch = watch
    return count


def mailed():
    """The path of the link in the last mail."""
    send_due()
    return urlsplit(re.search(r"http://\S+", mail.outbox[-1].body)[0]).path


def test_the_firm_runs_it_alone(visit, finished_firm, settings, mail_on, step):
    settings.REQUIRE_SECOND_FACTOR = True
    owner = User.objects.get(is_superuser=True)
    owner.first_name, owner.last_name = "Olive", "Example"
    owner.email = "olive@firm.example"
    owner.set_password(PASSWORD)
    owner.save()
    large, small = ({"width": width, "height": 844} for width in (1280, 390))
    desk, phone = (step.watch(at_device(visit(viewport=s))) for s in (large, small))

    with step("the owner enrols"):
        sign_in(desk, "attorney", PASSWORD)
        set_up_passkey(desk)
    desk.goto("/admin/people/")
    with step("invites"):
        desk.fill("#id_name", "Bea Example")
        desk.fill("#id_email", "bea@firm.example")
        desk.get_by_role("button", name="Invite, and show the link").click()
        link = urlsplit(desk.locator("#address").input_value()).path
    with step("staff enrols on a phone"):
        choose_password(phone, link)
        set_up_passkey(phone)
    assert roles.role_of(User.objects.get(email="bea@firm.example")) == roles.STAFF
    with step("drafts"):
        begin(phone, "The one-year deadline")
        phone.keyboard.type("File within one year of arrival.")
        phone.get_by_role("button", name="Send for approval", exact=True).click()
        phone.locator("#result_list").wait_for()
    with step("the attorney approves"):
        desk.goto(mailed())
        desk.get_by_role("button", name="Approve and publish", exact=True).click()
        expect(desk.locator(".messagelist")).to_be_visible()
    assert Edition.objects.live().filter(title="The one-year deadline").exists()
    phone.get_by_role("button", name="Sign out").click()
    # The rest with the screens of each other.
    desk.set_viewport_size(small)
    phone.set_viewport_size(large)
    with step("staff gets in again"):
        phone.goto("/admin/login/")
        phone.get_by_role("link", name="Forgot").click()
        phone.fill("#id_login", "bea@firm.example")
        phone.get_by_role("button").last.click()
        expect(phone.get_by_text("on its way")).to_be_visible()
        choose_password(phone, mailed())
        phone.get_by_role("button", name="Use your passkey").click()
        expect(phone).to_have_url(DESK)
    desk.goto("/admin/people/")
    with step("is closed"):
        desk.get_by_role("button", name="Close: Bea Example").click()
        expect(desk.get_by_text("signed out everywhere")).to_be_visible()
    with step("is out at once"):
        phone.goto("/admin/")
        expect(phone).to_have_url(re.compile("/admin/login/"))
