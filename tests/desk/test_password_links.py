"""A link for a password: once, for two days, for the person it was made for."""

import json
from datetime import timedelta
from math import prod

import pytest
from django.contrib.auth.models import User
from django.test import Client
from helpers.signing_in import SHOW, attempt, code, give_app, signed_in

from lawblog.models import Entry, PasswordLink
from lawblog.notices.models import Notice
from lawblog.people import one_time_links
from lawblog.people.passwords import SIGNS, WEAK, Unguessable
from offices.models import Firm

NEW = "lantern quick brown seven"


@pytest.fixture(autouse=True)
def sam(staff, clock):
    return staff


@pytest.fixture
def address(sam):
    return one_time_links.path(one_time_links.make(sam, by="a test"))


def choose(client, address, password=NEW, again=None):
    form = {"new_password1": password, "new_password2": again or password}
    return client.post(address, form)


def test_a_link_whose_last_slash_was_cut_off_works(client, sam, address):
    assert "Welcome, <bdi>Sam Example" in client.get(address[:-1]).content.decode()
    assert choose(client, address[:-1]).url == "/admin/"


@pytest.mark.slow
def test_on_it_somebody_chooses_a_password_and_is_signed_in(client, sam, address):
    assert "Welcome, <bdi>Sam Example" in client.get(address).content.decode()
    assert choose(client, address).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert attempt(Client(), NEW, "sam").status_code == 302
    line = json.loads(Entry.objects.filter(kind="signed in").first().line)
    assert line["facts"]["how"] == "link"


def test_whoever_has_a_second_factor_is_asked_for_it(client, sam, address):
    give_app(sam)
    assert choose(client, address).url == SHOW
    assert client.get("/admin/").status_code == 302
    assert client.post(SHOW, {"code": code()}).url == "/admin/"


def test_whoever_has_none_sets_one_up_where_it_is_required(
    client, settings, sam, address
):
    settings.REQUIRE_SECOND_FACTOR = True
    choose(client, address)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/account/second-factor/"


@pytest.mark.slow
def test_looking_at_it_spends_nothing(client, address):
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert choose(client, address).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_second_time_it_says_that_it_was_used(client, address, method):
    choose(client, address)
    other = Client()
    answer = other.get(address) if method == "get" else choose(other, address, "x" * 20)
    text = answer.content.decode()
    assert answer.status_code == 410 and "was used (Nov 24, 2026, noon)" in text
    assert attempt(Client(), NEW, "sam").status_code == 302


def test_after_two_days_it_says_so(client, clock, address):
    clock.shift(timedelta(hours=48, seconds=-1))
    assert client.get(address).status_code == 200
    clock.shift(1)
    answer = choose(client, address)
    assert answer.status_code == 410 and "worked until" in answer.content.decode()
    assert attempt(Client(), NEW, "sam").status_code == 200


def test_the_sentence_about_its_end_has_one_full_stop(client, clock, sam):
    clock.shift(timedelta(hours=5))
    late = one_time_links.path(one_time_links.make(sam, by="a test"))
    clock.shift(timedelta(hours=48))
    text = client.get(late).content.decode()
    assert "worked until Nov 26, 2026, 5 p.m. Ask a colleague" in text


@pytest.mark.parametrize("altered", ["x", "A" * 43, "é", "%00", "a" * 5000])
def test_an_altered_one_opens_nothing(client, address, altered):
    answer = client.get(f"/admin/account/link/{altered}/")
    assert answer.status_code in (400, 410) and b"link" in answer.content
    answer = choose(client, address[:-2] + "_/")
    assert answer.status_code == 410 and "not complete" in answer.content.decode()


@pytest.mark.slow
def test_somebody_who_is_signed_in_as_another_is_told_whose_it_is(
    attorney, client, sam, address
):
    signed_in(attorney, client)
    for answer in (client.get(address), choose(client, address)):
        text = answer.content.decode()
        assert answer.status_code == 409 and "for <bdi>Sam Example" in text
        assert "signed in as <bdi>Anna Example" in text
    assert client.get("/admin/").status_code == 200
    assert client.post(address, {"sign_out": "yes"}).status_code == 303
    assert client.get(address).status_code == 200
    assert choose(client, address).status_code == 302


def test_one_for_a_closed_account_opens_nothing(client, sam, address):
    User.objects.filter(pk=sam.pk).update(is_active=False)
    assert "was closed" in client.get(address).content.decode()


def test_choosing_ends_every_session_of_before(client, sam, address):
    browser = signed_in(sam)
    sam.authenticator_set.all().delete()
    choose(client, address)
    assert browser.get("/admin/").status_code == 302


POOR = [
    ("short", None, "5 characters. It needs at least 12"),
    ("password1234", None, WEAK),
    ("qwertyuiop12", None, WEAK),
    ("SamExample2026", None, WEAK),
    ("Sam Example 2026", None, WEAK),
    ("aaaaaaaaaaaaaaaaaaaaaaaaa", None, WEAK),
    ("HarborVale-Law-2026", None, WEAK),
    ("2014489837201448", None, WEAK),
    ("2125 Center Fort Lee", None, WEAK),
    ("correct horse battery staple", None, WEAK),
    ("correcthorsebatterystaple1", None, WEAK),
    (NEW, "something else 12", "The two are not the same"),
    ("", "", "required"),
]


@pytest.mark.slow
def test_a_poor_password_gets_a_sentence_and_spends_nothing(client, address):
    Firm.objects.update(name="Harbor & Vale")
    for password, again, sentence in POOR:
        answer = choose(client, address, password, again)
        assert answer.status_code == 200, password
        assert sentence in answer.content.decode(), password
    assert choose(client, address).status_code == 302


@pytest.mark.parametrize(
    "password, status",
    [("ünïcode ist auch gut", 302), (f"{NEW} " * 30, 302), ("x7" * 500, 200)],
)
def test_any_characters_of_any_length_are_judged(client, address, password, status):
    answer = choose(client, address, password)
    assert answer.status_code == status


def test_the_address_of_the_site_is_no_password(client, address, settings):
    settings.SITE_URL = "https://www.brindlewickcombe.example"
    assert WEAK in choose(client, address, "brindlewickcombe7").content.decode()


def test_signs_that_may_stand_for_letters_take_no_time_to_judge(monkeypatch):
    """Of this password there are 2,304 readings, each of which zxcvbn would look up."""
    seen = []
    monkeypatch.setattr(
        "zxcvbn.zxcvbn",
        lambda text, user_inputs: seen.append(text) or {"score": 4},
    )
    Unguessable().validate("4@8({[<369&#!1|0$57+%2" * 3)
    Unguessable().validate("!@#$%^&*()_lantern")
    assert all(readings(text) <= 8 for text in seen) and "!@#$%^&*()_lantern" in seen


def readings(text):
    return prod(max(1, sum(sign in text for sign in signs)) for signs in SIGNS)


def test_the_table_keeps_nothing_that_opens_it(address):
    secret = address.split("/")[-2]
    (row,) = PasswordLink.objects.values_list()
    assert secret not in str(row)
    assert secret not in "".join(Entry.objects.values_list("line", flat=True))


def test_no_log_holds_it(address):
    import logging

    from lawblog.logs import Line

    record = logging.LogRecord("x", 30, "", 0, f"Gone: {address}", None, None)
    assert Line().format(record) == "Gone: /admin/account/link/…/"


def test_old_ones_are_purged(address, clock):
    assert one_time_links.purge() is None
    clock.shift(timedelta(days=33))
    assert one_time_links.purge() == "Old links removed: 1."


def test_without_mail_the_page_of_the_forgotten_says_whom_to_ask(client):
    text = client.get("/admin/account/forgotten/").content.decode()
    assert "Ask a colleague" in text and '<input type="submit"' not in text


def test_with_mail_the_answer_is_the_same_for_every_name(client, sam, settings):
    settings.MAIL_IS_ON = True
    sam.email = "sam@firm.example"
    sam.save()
    texts = set()
    for name in ("sam@firm.example", "nobody@firm.example"):
        answer = client.post("/admin/account/forgotten/", {"login": name})
        texts.add(answer.content.decode())
    assert len(texts) == 1 and "on its way" in texts.pop()
    (notice,) = Notice.objects.filter(kind="password link")
    assert notice.person == sam


@pytest.mark.slow
def test_whoever_asks_for_links_by_another_name_of_one_keeps_nobody_from_one(
    client, sam, settings, clock
):
    settings.MAIL_IS_ON = True
    sam.email = "sam@firm.example"
    sam.save()
    attempt(client, name="sam")
    client.post("/admin/logout/")
    stranger, address = Client(), "/admin/account/forgotten/"
    for name in ("sam", "SAM@firm.example", "sam@firm.example", "Sam", "sam"):
        assert stranger.post(address, {"login": name}).status_code == 200
    assert stranger.post(address, {"login": "sam@firm.example"}).status_code == 429
    # Where they signed in before, they are not held back by it.
    assert client.post(address, {"login": "sam"}).status_code == 200
    # However often somebody asks, one mail goes out in a quarter of an hour.
    mails = Notice.objects.filter(kind="password link")
    assert mails.count() == 1
    clock.shift(timedelta(minutes=16))
    client.post(address, {"login": "sam"})
    assert mails.count() == 2


def test_the_mail_holds_a_link_that_was_in_no_table(sam, settings, client):
    from lawblog.notices.kinds import kind_named

    settings.MAIL_IS_ON = True
    sam.email = "sam@firm.example"
    given = one_time_links.make(sam)
    letter = kind_named("password link").write(sam, "")
    assert one_time_links.find(given)  # the one that a colleague handed over goes on
    assert choose(client, letter.path).status_code == 302
    with pytest.raises(one_time_links.Spent, match="was used"):
        one_time_links.find(given)  # until one of them is used
