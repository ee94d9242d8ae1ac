"""A session without its second factor opens nothing; each code works once; the last
factor stays where one is required."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client
from helpers.desk import page
from helpers.isolation import undone
from helpers.signing_in import (
    AGAIN,
    PASSWORD,
    SECRET,
    SHOW,
    attempt,
    code,
    copied,
    give_app,
    shown,
    signed_in,
)

from lawblog.models import DeskSession, Entry
from lawblog.people import second_factors
from lawblog.people.codes import USED, USED_RECOVERY
from lawblog.people.forms import PASSKEY

CHOOSE, APP = "/admin/account/second-factor/", "/admin/account/app/"
ACCOUNT, CODES = "/admin/account/", "/admin/account/codes/"
# All that opens nothing, besides every other page of the desk.
CLOSED = """
    /admin/ /admin/posts/post/ /admin/posts/post/add/ /admin/people/ /admin/record/
    /admin/password_change/ /admin/account/ /admin/account/password/
""".split()


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def anna(attorney, clock):
    return attorney


def lines(kind):
    found = Entry.objects.filter(kind=kind).order_by("seq")
    return [json.loads(entry.line)["facts"] for entry in found]


@pytest.mark.slow
def test_a_password_alone_opens_nothing_where_more_is_required(client, required):
    attempt(client)
    for address in CLOSED:
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0].startswith(CHOOSE), address


@pytest.mark.slow
def test_a_session_from_before_the_factor_was_set_opens_nothing(client, anna):
    client.force_login(anna)
    for address in CLOSED:
        assert client.get(address).status_code in (200, 302, 404, 405), address
    give_app(anna)
    for address in CLOSED:
        answer = client.post(address, {"new_password1": "x"}, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/admin/login/"), address


@pytest.mark.slow
def test_nor_does_it_set_up_another_factor(client, anna):
    client.force_login(anna)
    give_app(anna)
    for address in (APP, "/admin/account/passkeys/new/", CODES, AGAIN):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/admin/login/")


def test_autosave_and_upload_know_nobody_without_it(client, anna):
    client.force_login(anna)
    give_app(anna)
    assert client.get("/admin/posts/post/session/").json() == {"user": ""}
    assert client.post("/admin/upload/").status_code == 403


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_first_sign_in_walks_through_an_app_to_the_desk(client, required):
    answer = attempt(client)
    answer = client.get(answer.url, follow=True)
    assert answer.redirect_chain[-1][0] == CHOOSE
    assert client.get(APP).status_code == 200
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    thief = copied(client)
    answer = client.post(APP, {"code": f" {code()[:3]} {code()[3:]} "})
    assert answer.url == CODES
    text = page(client, CODES)
    assert text.count("<li><code>") == 10 and "shown only once" in text
    assert "<li><code>" not in page(client, CODES)
    assert client.get("/admin/").status_code == 200
    # Whoever had a copy of the session has nothing of what it became.
    assert thief.get("/admin/").status_code == 302
    assert [facts["factor"] for facts in lines("second factor added")] == [
        "authenticator app",
        "recovery codes",
    ]


@pytest.mark.slow
def test_over_plain_http_nobody_needs_one(client):
    attempt(client)
    assert client.get("/admin/").status_code == 200


@pytest.mark.slow
def test_after_the_password_the_code_opens_the_desk(client, anna):
    give_app(anna)
    assert attempt(client).url == SHOW
    assert client.get("/admin/").status_code == 302
    assert client.post(SHOW, {"code": code()}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert lines("signed in")[-1]["how"] == "password, authenticator app"


@pytest.mark.slow
def test_a_code_works_once_at_any_worker(client, anna):
    give_app(anna)
    attempt(client)
    client.post(SHOW, {"code": code()})
    other = Client()
    attempt(other)
    # What allauth remembers is one worker's.
    for name in caches:
        caches[name].clear()
    assert USED in other.post(SHOW, {"code": code()}).content.decode()
    assert other.get("/admin/").status_code == 302


@pytest.mark.slow
def test_a_recovery_code_works_once_and_the_second_time_says_so(client, anna):
    give_app(anna)
    recovery = Authenticator.objects.get(type="recovery_codes")
    first, second, *_ = recovery.wrap().generate_codes()
    attempt(client)
    assert client.post(SHOW, {"code": first}).url == "/admin/"
    other = Client()
    attempt(other)
    assert USED_RECOVERY in other.post(SHOW, {"code": first}).content.decode()
    assert other.post(SHOW, {"code": second}).url == "/admin/"
    assert "8 left" in page(other, ACCOUNT)


def test_a_phone_whose_clock_is_off_is_told_so(client, anna):
    give_app(anna)
    attempt(client)
    said = {-20: "about 10 minutes behind", 4: "about 2 minutes ahead"}
    for steps, words in said.items():
        assert words in client.post(SHOW, {"code": code(steps)}).content.decode()
        assert client.get("/admin/").status_code == 302


def test_a_code_of_a_clock_that_is_ahead_is_spent_once_that_was_said(
    client, anna, clock
):
    give_app(anna)
    attempt(client)
    ahead = code(4)
    assert "ahead" in client.post(SHOW, {"code": ahead}).content.decode()
    clock.shift(120)
    assert client.post(SHOW, {"code": ahead}).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_half_a_minute_makes_no_difference(anna):
    give_app(anna)
    for steps in (-1, 1):
        client = Client()
        attempt(client)
        assert client.post(SHOW, {"code": code(steps)}).url == "/admin/", steps


@pytest.mark.slow
def test_an_odd_code_gets_a_sentence(client, anna):
    give_app(anna)
    attempt(client)
    for wrong in ("", "1", "x" * 500, "١٢٣٤٥٦", "\x00", "12 34"):
        # Five wrong ones would be the last.
        with undone():
            answer = client.post(SHOW, {"code": wrong})
        assert answer.status_code == 200 and answer.context["form"].errors, wrong


@pytest.mark.slow
def test_guesses_at_codes_are_counted_and_told_to_the_record(client, anna):
    give_app(anna)
    attempt(client)
    for _ in range(5):
        assert client.post(SHOW, {"code": "000000"}).status_code == 200
    assert client.post(SHOW, {"code": code()}).status_code == 429
    assert lines("sign-in refused")[-1] == {"account": anna.pk, "how": "second factor"}


NONSENSE = [
    *("", "x", "[]", "5", "null", '""', "{}", '{"id": 1}', "{" * 900),
    '{"id":"a","rawId":"a","type":"public-key","response":{}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30",'
    '"authenticatorData":"AAAA","signature":"AAAA","userHandle":"MQ",'
    '"attestationObject":"oA"},"clientExtensionResults":{}}',
    '{"response": {"userHandle": "' + "9" * 5000 + '"}}',
]


@pytest.mark.slow
def test_what_is_no_passkeys_answer_gets_a_sentence(client, anna):
    address, inside = "/admin/account/passkeys/sign-in/", signed_in(anna)
    for sent in NONSENSE:
        with undone():
            client.get(address, headers={"accept": "application/json"})
            answer = client.post(address, {"credential": sent}, follow=True)
            assert PASSKEY in answer.content.decode(), sent
    for address in ("/admin/account/passkeys/new/", "/admin/account/again/passkey/"):
        for sent in NONSENSE:
            with undone():
                inside.get(address)
                form = {"credential": sent, "name": "x"}
                answer = inside.post(address, form, follow=True)
                assert answer.status_code == 200, sent
    assert inside.get("/admin/").status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_last_factor_stays_where_one_is_required(client, anna, settings):
    signed_in(anna, client)
    settings.REQUIRE_SECOND_FACTOR = True
    answer = client.post("/admin/account/app/remove/", follow=True)
    assert "This is your last second factor" in answer.content.decode()
    assert second_factors.of_user(anna).exists()
    settings.REQUIRE_SECOND_FACTOR = False
    client.post("/admin/account/app/remove/")
    assert not Authenticator.objects.filter(user=anna).exists()


@pytest.mark.slow
def test_a_change_of_factors_ends_the_other_sessions(
    client, anna, django_capture_on_commit_callbacks
):
    signed_in(anna, client)
    other = signed_in(anna)
    assert other.get("/admin/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/account/codes/new/")
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert DeskSession.objects.filter(account_id=anna.pk).count() == 1


@pytest.mark.slow
def test_a_stolen_session_changes_no_factor(client, anna):
    signed_in(anna, client)
    shown(client, anna, "mfa", type="totp", at=0)
    for address in (APP, "/admin/account/app/remove/", "/admin/account/codes/new/"):
        answer = client.post(address, {"code": code()}, follow=True)
        assert answer.redirect_chain[-1][0].startswith(AGAIN)
    assert second_factors.of_user(anna).count() == 1


def test_asked_again_the_right_password_goes_on_with_what_was_pressed(client, anna):
    signed_in(anna, client)
    shown(client, anna, "mfa", type="totp", at=0)
    before = Authenticator.objects.get(type="recovery_codes").data["seed"]
    answer = client.post("/admin/account/codes/new/")
    assert answer.url.startswith(AGAIN)
    wrong = client.post(answer.url, {"password": "wrong"})
    assert "not your password" in wrong.content.decode()
    client.post(answer.url, {"password": PASSWORD})
    assert Authenticator.objects.get(type="recovery_codes").data["seed"] != before


@pytest.mark.slow
def test_guessing_the_password_in_a_stolen_session_meets_the_brake(client, anna):
    signed_in(anna, client)
    for _ in range(5):
        assert client.post(AGAIN, {"password": "wrong"}).status_code == 200
    assert client.post(AGAIN, {"password": PASSWORD}).status_code == 429


def test_seeds_are_sealed_in_the_database(anna, settings):
    give_app(anna)
    kept = str([row.data for row in Authenticator.objects.all()])
    assert SECRET not in kept and kept.count("gAAAA") == 2


def test_a_former_key_still_opens_them_and_without_it_there_is_a_sentence(
    client, anna, settings
):
    give_app(anna)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 5
    settings.SECRET_KEY_FALLBACKS = []
    attempt(client)
    answer = client.post(SHOW, {"code": code()})
    assert "secret key of this site was changed" in answer.content.decode()
    settings.SECRET_KEY_FALLBACKS = [former]
    assert client.post(SHOW, {"code": code()}).url == "/admin/"


def test_back_to_the_beginning_forgets_the_password(client, anna):
    give_app(anna)
    attempt(client)
    assert client.post("/admin/account/start-over/").url == "/admin/login/"
    assert client.get(SHOW).url == "/admin/login/"


def test_having_signed_in_just_now_is_not_enough(client, anna):
    """A session may be stolen right after it began."""
    give_app(anna)
    attempt(client)
    client.post(SHOW, {"code": code()})
    assert client.get("/admin/account/codes/new/").url.startswith(AGAIN)
