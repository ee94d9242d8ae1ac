"""What browsers are told with each page of the desk, and which cookies they keep."""

import pytest
from django.contrib.auth.models import User
from django.core.signing import BadSignature, get_cookie_signer
from helpers.desk import page
from helpers.desk_pages import ENTRANCE, FACTORS
from helpers.signing_in import LOGIN, attempt, signed_in

from lawblog.people import known_browsers

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'"),
    *("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"),
}
# Of one cookie: (path, SameSite).
COOKIES = {
    "sessionid": ("/", "Lax"),
    "csrftoken": ("/", "Lax"),
    "messages": ("/", "Lax"),
    known_browsers.COOKIE: ("/admin/", "Strict"),
}


@pytest.mark.slow
def test_each_page_has_the_strict_headers(client, set_up):
    answers = {address: client.get(address) for address in ENTRANCE}
    signed_in(User.objects.get(is_superuser=True), client)
    for address in [*FACTORS, "/admin/", "/admin/people/", "/admin/notices/"]:
        answers[address] = client.get(address)
    for address, answer in answers.items():
        assert HEADERS.items() <= dict(answer.headers).items(), address
        assert "no-store" in answer["Cache-Control"], address
        assert set(answer["Content-Security-Policy"].split("; ")) >= POLICY, address


def test_the_desk_keeps_four_cookies_and_says_nothing_in_them(client, staff, clock):
    client.get(LOGIN)
    attempt(client, name="sam")
    client.post("/admin/account/sessions/")
    kept = {name: (c["path"], c["samesite"]) for name, c in client.cookies.items()}
    assert kept == COOKIES
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    said = client.cookies["messages"].value
    with pytest.raises(BadSignature):
        get_cookie_signer(salt="django.contrib.messages").unsign_object(said)
    client.cookies["messages"] = f"x{said}"
    assert "had ended already" not in page(client, "/admin/account/")
    client.post("/admin/account/sessions/")
    assert "had ended already" in page(client, "/admin/account/")
