"""Guessing is slowed, then stopped; guessers lock nobody out; no address is kept."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from helpers.desk import page
from helpers.signing_in import LOGIN, PASSWORD, attempt, guess

from lawblog.desk.not_allowed import NOT_PRESSED
from lawblog.models import Attempts
from lawblog.people import known_browsers, rate_limit


@pytest.fixture(autouse=True)
def anna(attorney, clock):
    return attorney


def held_back(answer):
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= rate_limit.WINDOW_SECONDS
    text = answer.content.decode()
    assert "too many attempts" in text and "Traceback" not in text
    return True


@pytest.mark.slow
def test_after_five_guesses_there_is_a_pause_and_it_grows(client, clock):
    for _ in range(5):
        assert attempt(client, "wrong").status_code == 200
    for seconds in (2, 4, 8, 16, 32):
        answer = attempt(client)  # the right one, too early
        assert held_back(answer) and answer["Retry-After"] == str(seconds)
        clock.shift(seconds)
        assert attempt(client, "wrong").status_code in (200, 429)


@pytest.mark.slow
def test_after_ten_wrong_passwords_even_the_right_one_waits_but_no_other_account(
    client, staff, clock
):
    guess(client, 10, clock)
    assert held_back(attempt(client)) and held_back(attempt(client, name="ANNA"))
    assert attempt(Client(), name="sam").status_code == 302
    clock.shift(timedelta(seconds=rate_limit.WINDOW_SECONDS))
    assert attempt(client).status_code == 302


@pytest.mark.slow
def test_an_account_has_one_count_whichever_of_its_names_is_typed(client, anna):
    anna.email = "anna@firm.example"
    anna.save()
    for name in ("anna", "Anna@firm.example", "ANNA", "anna@FIRM.example", "anna"):
        assert attempt(client, "wrong", name).status_code == 200
    assert held_back(attempt(client, name="anna@firm.example"))


@pytest.mark.slow
def test_a_right_password_forgets_the_slips_before_it(client, clock):
    guess(client, 9, clock)
    clock.shift(60)
    assert attempt(client).status_code == 302
    assert attempt(Client(), "wrong").status_code == 200


@pytest.mark.slow
def test_a_browser_that_was_let_in_before_is_not_locked_out_by_others(client, clock):
    attempt(client)
    client.post("/admin/logout/")
    guess(Client(), 10, clock)
    assert attempt(client).status_code == 302
    client.post("/admin/logout/")
    guess(client, 10, clock)
    assert held_back(attempt(client))


@pytest.mark.slow
def test_that_browser_helps_with_no_other_account(client, staff, clock):
    attempt(client, name="sam")
    client.post("/admin/logout/")
    guess(Client(), 10, clock)
    assert held_back(attempt(client))


@pytest.mark.slow
def test_a_computer_that_several_people_use_is_known_to_each(client, staff, clock):
    for name in ("anna", "sam", "anna", "sam"):
        attempt(client, name=name)
        client.post("/admin/logout/")
    for name in ("anna", "sam"):
        guess(Client(), 10, clock, name)
        assert attempt(client, name=name).status_code == 302
        client.post("/admin/logout/")


@pytest.mark.slow
def test_a_made_up_cookie_is_no_browser_of_ours(client, clock):
    guess(Client(), 10, clock)
    for cookie in ("", "a", "WyJhIl0:a:b", "MQ:a:b", "x" * 5000):
        client.cookies[known_browsers.COOKIE] = cookie
        assert held_back(attempt(client))


@pytest.mark.slow
def test_made_up_names_hold_nobody_back(client):
    # Three times what one name is stopped at stand for ten thousand: each is a count
    # of its own.
    for number in range(30):
        assert attempt(client, "wrong", f"name{number}").status_code == 200
    assert attempt(client).status_code == 302


@pytest.mark.slow
def test_a_made_up_name_is_slowed_like_a_real_one(client):
    answers = {name: [] for name in ("anna", "nobody")}
    for name, seen in answers.items():
        for _ in range(7):
            answer = attempt(client, "wrong", name)
            seen.append((answer.status_code, answer.get("Retry-After")))
    assert answers["anna"] == answers["nobody"]


def test_what_is_counted_holds_no_name_and_no_address(client):
    form = {"login": "anna", "password": "wrong"}
    client.post(LOGIN, form, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="An agent")
    (row,) = Attempts.objects.values_list()
    kept = str(row)
    assert "anna" not in kept and "192.0.2.7" not in kept and "agent" not in kept


def test_counts_that_no_longer_count_are_purged(client, clock):
    attempt(client, "wrong", "nobody")
    assert rate_limit.purge() is None and Attempts.objects.count() == 2
    clock.shift(timedelta(seconds=rate_limit.WINDOW_SECONDS))
    assert rate_limit.purge() == "Old counts of sign-ins removed: 2."
    assert not Attempts.objects.exists()


def test_the_cookie_goes_to_the_desk_alone(client):
    cookie = attempt(client).cookies[known_browsers.COOKIE]
    assert (cookie["path"], cookie["samesite"]) == ("/admin/", "Strict")
    assert cookie["httponly"] and "anna" not in cookie.value
    assert known_browsers.COOKIE not in attempt(Client(), "wrong").cookies


def test_people_sign_in_with_address_or_user_name(anna):
    anna.email = "anna@firm.example"
    anna.save()
    for name in ("anna@firm.example", "Anna@Firm.example", "anna"):
        assert attempt(Client(), name=name).url == "/admin/", name


@pytest.mark.slow
def test_an_odd_name_gets_a_sentence(client):
    for name in ("", " ", "x" * 500, "\x00", "a\nb", "שם", "<script>"):
        answer = attempt(client, name=name)
        assert answer.status_code == 200 and answer.context["form"].errors, name


def test_the_page_leads_where_somebody_wanted_to_go_and_nowhere_else(client):
    form = {"login": "anna", "password": PASSWORD}
    answer = client.post(f"{LOGIN}?next=/admin/record/", form)
    assert answer.url == "/admin/record/"
    client.post("/admin/logout/")
    answer = client.post(LOGIN, {**form, "next": "https://evil.example/"})
    assert answer.url == "/admin/"


def test_a_closed_account_is_told_so_with_the_right_password_alone(client, anna):
    anna.is_active = False
    anna.save()
    assert "not right" in attempt(client, "wrong").content.decode()
    answer = client.get(attempt(client).url)
    assert answer.status_code == 403 and "closed" in answer.content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_browser_without_cookies_is_told_what_to_allow():
    strict = Client(enforce_csrf_checks=True)
    answer = attempt(strict)
    text = answer.content.decode()
    assert (
        answer.status_code == 403 and "blocks cookies" in text and "testserver" in text
    )
    strict.get(LOGIN)
    assert "too old" in attempt(strict).content.decode()


def test_who_was_signed_out_while_writing_gets_back_what_was_typed(staff):
    """In a form that no script looks after; by hand, since nobody is there to save."""
    desk, address = Client(enforce_csrf_checks=True), "/admin/posts/term/add/"
    desk.force_login(staff)
    token = re.search(r'csrfmiddlewaretoken" value="(.*?)"', page(desk, address))[1]
    form = {"term": "parole", "explanation": "Let in <for now>, typed at length."}
    desk.cookies.pop(settings.SESSION_COOKIE_NAME)
    answer = desk.post(address, {**form, "csrfmiddlewaretoken": token})
    assert "You were signed out" in answer.content.decode()
    # Signed in anew in another tab: the old page's form is of before.
    desk.force_login(staff)
    desk.get(address)
    old = {**form, "csrfmiddlewaretoken": "a" * 32}
    late = desk.post(address, old, headers={"origin": "http://testserver"})
    assert "This page was too old" in late.content.decode()
    for said in (answer, late):
        assert said.status_code == 403
        assert ">Let in &lt;for now&gt;, typed at length.</textarea>" in (
            said.content.decode()
        )
    # What nobody typed, and a password, are not printed.
    assert (
        desk.post(LOGIN, {"login": "a b", "password": "c d"}).content.count(
            b"<textarea"
        )
        == 0
    )
    assert Client().post(address).url.startswith(LOGIN)


def test_who_was_signed_out_before_a_press_is_told_that_it_takes_one(staff, client):
    address = reverse("admin:offices_office_switch", args=[1])
    assert client.post(address).url == f"{LOGIN}?next={address}"
    client.force_login(staff)
    answer = client.get(address, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert NOT_PRESSED in answer.content.decode()


def test_the_owner_reads_who_signed_in_and_who_was_refused(client, set_up, clock):
    from django.contrib.auth.models import User

    attempt(Client(), "wrong")
    attempt(Client(), "wrong", "nobody")
    attempt(Client())
    client.force_login(User.objects.get(is_superuser=True))
    text = page(client, "/admin/people/sign-ins/")
    assert text.count("Refused") == 2 and "no such account" in text
    assert "Anna Example" in text and "by password" in text
    assert "a browser not seen before" in text
    assert "192." not in text and "nobody<" not in text


def test_sign_ins_are_the_owners_to_read(attorney_client):
    assert attorney_client.get("/admin/people/sign-ins/").status_code == 403
