"""A browser whose device holds passkeys, played by Chromium; and the way in there."""

from playwright.sync_api import expect

NEW = "lantern quick brown seven"
# Whole: the address of the sign-in page ends with the one it leads to.
DESK = "/admin/"


def with_authenticator(page, verified=True):
    """The page, at a device that holds passkeys."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(page, name, password):
    page.goto("/admin/")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def set_up_passkey(page):
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="on to the desk").click()
    expect(page).to_have_url(DESK)


def choose_password(page, link):
    page.goto(link)
    page.fill("#id_new_password1", NEW)
    page.fill("#id_new_password2", NEW)
    page.get_by_role("button", name="Save, and sign in").click()
