"""One's own account: name, password, and where one is signed in."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from helpers.desk import page
from helpers.signing_in import AGAIN, PASSWORD, attempt, shown, signed_in

from lawblog.models import DeskSession, Entry
from lawblog.people import one_time_links

ACCOUNT, CHANGE = "/admin/account/", "/admin/account/password/"
SESSIONS = "/admin/account/sessions/"
NEW = "lantern quick brown seven"


@pytest.fixture(autouse=True)
def anna(attorney, clock):
    return attorney


def test_the_name_that_the_record_prints_is_changed_here(client, anna):
    signed_in(anna, client)
    form = {"name": "Anna María Example", "email": "Anna@firm.example"}
    assert client.post(f"{ACCOUNT}name/", form).url == ACCOUNT
    anna.refresh_from_db()
    assert anna.get_full_name() == "Anna María Example"
    assert anna.email == "anna@firm.example" and anna.username == "anna"


@pytest.mark.parametrize(
    "form, sentence",
    [
        ({"name": "", "email": ""}, "give the name"),
        ({"name": "\u200b", "email": ""}, "invisible sign"),
        ({"name": "1 2", "email": ""}, "A name has letters"),
        ({"name": "sam example", "email": ""}, "add an initial"),
        ({"name": "Anna", "email": "sam"}, "Write an address like"),
        ({"name": "Anna", "email": "sam@firm.example"}, "Somebody else here"),
    ],
)
def test_an_odd_name_or_address_gets_a_sentence(client, anna, staff, form, sentence):
    User.objects.filter(pk=staff.pk).update(email="sam@firm.example")
    signed_in(anna, client)
    answer = client.post(f"{ACCOUNT}name/", form)
    assert sentence in answer.content.decode()
    assert User.objects.get(pk=anna.pk).get_full_name() == "Anna Example"


def test_a_stolen_session_changes_neither_address_nor_name(client, anna):
    signed_in(anna, client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    form = {"name": "Anna Example", "email": "thief@firm.example"}
    assert AGAIN in client.post(f"{ACCOUNT}name/", form).url
    assert User.objects.get(pk=anna.pk).email == anna.email


def test_that_an_address_was_changed_is_on_record_without_it(client, anna):
    signed_in(anna, client)
    form = {"name": "Anna Example", "email": "anna@firm.example"}
    client.post(f"{ACCOUNT}name/", form)
    line = Entry.objects.get(kind="address changed").line
    assert str(anna.pk) in line and "firm.example" not in line


@pytest.mark.slow
def test_a_new_password_signs_the_others_out_and_this_browser_stays(client, anna):
    signed_in(anna, client)
    other, link = signed_in(anna), one_time_links.make(anna)
    form = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(CHANGE, form).url == ACCOUNT
    with pytest.raises(one_time_links.Spent):
        one_time_links.find(link)
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert attempt(Client(), PASSWORD).status_code == 200
    assert attempt(Client(), NEW).status_code == 302


def test_a_stolen_session_changes_no_password(client, anna):
    signed_in(anna, client)
    shown(client, anna, "mfa", type="totp", at=0)
    form = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(CHANGE, form).url.startswith(AGAIN)
    assert User.objects.get(pk=anna.pk).check_password(PASSWORD)


def test_djangos_own_page_for_it_leads_here(client, anna):
    signed_in(anna, client)
    assert client.get("/admin/password_change/").url == CHANGE
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/admin/password_change/", form)
    assert User.objects.get(pk=anna.pk).check_password(PASSWORD)


def test_sessions_are_listed_without_address_or_agent(client, anna, clock):
    attempt(client)
    other = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="An agent")
    clock.shift(60 * 60)
    attempt(other)
    text = page(client, ACCOUNT)
    assert "This browser" in text and "since Tuesday, Nov 24, noon" in text
    assert "Another" in text and "since Tuesday, Nov 24, 1 p.m." in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM lawblog_session")
        names = {column[0] for column in cursor.description}
        rows = str(cursor.fetchall())
    assert names == {
        *("session_key", "session_data", "expire_date"),
        *("account_id", "signed_in_at"),
    }
    kept = rows + str([row.get_decoded() for row in DeskSession.objects.all()])
    assert "192.0.2.7" not in kept and "agent" not in kept
    for row in DeskSession.objects.all():
        assert row.session_key not in text


@pytest.mark.slow
def test_one_session_is_ended_and_the_others_go_on(client, anna, clock):
    attempt(client)
    second, third = Client(), Client()
    for other in (second, third):
        clock.shift(60)
        attempt(other)
    (number,) = [
        session.number
        for session in client.get(ACCOUNT).context["sessions"]
        if session.since
        == DeskSession.objects.get(pk=second.session.session_key).signed_in_at
    ]
    client.post(SESSIONS, {"number": number})
    statuses = [c.get("/admin/").status_code for c in (client, second, third)]
    assert statuses == [200, 302, 200]


@pytest.mark.slow
def test_all_the_others_are_ended_at_once(client, anna):
    attempt(client)
    others = [Client(), Client()]
    for other in others:
        attempt(other)
    client.post(SESSIONS)
    assert client.get("/admin/").status_code == 200
    assert [other.get("/admin/").status_code for other in others] == [302, 302]
    assert '"count":2' in Entry.objects.get(kind="signed out").line
    client.post(SESSIONS)
    assert Entry.objects.filter(kind="signed out").count() == 1


@pytest.mark.slow
def test_nobody_ends_a_session_of_somebody_else(client, anna, staff):
    theirs = Client()
    attempt(theirs, name="sam")
    (number,) = [s.number for s in theirs.get(ACCOUNT).context["sessions"]]
    attempt(client)
    for sent in (number, "x", "9" * 500, "\x00"):
        client.post(SESSIONS, {"number": sent})
    assert theirs.get("/admin/").status_code == 200


def test_a_request_under_way_does_not_bring_an_ended_session_back(client, anna):
    attempt(client)
    session = client.session
    session["x"] = 1
    DeskSession.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()
    assert client.get("/admin/").status_code == 302
