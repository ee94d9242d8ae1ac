"""What a stolen session must not do waits for the password, and for nothing else."""

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
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
    the_owner,
)

from lawblog.models import DeskSession
from lawblog.people import actions, roles, second_factors
from lawblog.people.reauthentication import OVERTAKEN
from lawblog.people.sealing import open_sealed

PEOPLE, INVITE = "/admin/people/", "/admin/people/invite/"
CHANGE = "/admin/account/password/"
NEW = "lantern quick brown seven"


@pytest.fixture
def owner(set_up):
    return the_owner()


@pytest.fixture
def desk(client, owner, clock):
    return signed_in(owner, client)


def long_ago(client, user):
    shown(client, user, "mfa", type="totp", at=0)


def invitation(email="bea@firm.example", role=roles.STAFF):
    return {"name": "Bea Example", "email": email, "role": role}


@pytest.mark.slow
def test_handing_over_is_asked_for_at_the_press_however_lately_one_was(
    desk, owner, attorney, staff
):
    address = f"/admin/people/{attorney.pk}/hand-over/"
    assert desk.post(f"/admin/people/{staff.pk}/close/").url == PEOPLE
    answer = desk.post(address)
    assert answer.url.startswith(AGAIN)
    owner.refresh_from_db()
    assert owner.is_superuser
    # Nor does the password that was typed for something else do it.
    other = desk.post(f"{AGAIN}?next=/admin/", {"password": PASSWORD})
    assert other.url == "/admin/"
    assert desk.post(address).url.startswith(AGAIN)
    owner.refresh_from_db()
    assert owner.is_superuser and {"hand-over"} == actions.ASKED_EACH_TIME


@pytest.mark.slow
def test_what_a_thief_presses_meanwhile_is_not_what_the_owner_confirms(desk, owner):
    long_ago(desk, owner)
    answer = desk.post(INVITE, invitation())
    stolen = Client()
    stolen.cookies = desk.cookies
    stolen.post(INVITE, invitation("thief@firm.example", roles.ATTORNEY))
    seen = desk.post(answer.url, {"password": PASSWORD}, follow=True)
    assert OVERTAKEN in seen.content.decode()
    assert not User.objects.filter(email__endswith="@firm.example").exists()


def test_a_copy_of_the_session_does_not_ride_on_what_its_owner_shows(
    desk, owner, staff
):
    long_ago(desk, owner)
    thief = copied(desk)
    assert thief.get(PEOPLE).status_code == 200
    desk.post(desk.post(INVITE, invitation()).url, {"password": PASSWORD})
    assert desk.get(PEOPLE).status_code == 200
    answer = thief.post(f"/admin/people/{staff.pk}/close/")
    assert answer.url.startswith("/admin/login/")
    assert User.objects.get(pk=staff.pk).is_active


def test_what_waits_holds_no_address_no_agent_and_no_password(desk, owner):
    long_ago(desk, owner)
    told = {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "An agent"}
    desk.post(INVITE, invitation(), **told)
    form = {"new_password1": NEW, "new_password2": NEW}
    answer = desk.post(CHANGE, form, **told)
    kept = str([row.get_decoded() for row in DeskSession.objects.all()])
    for secret in ("192.0.2.7", "agent", "lantern", desk.session.session_key):
        assert secret not in kept
    # So that it is typed once more.
    seen = desk.post(answer.url, {"password": PASSWORD}, follow=True)
    assert seen.redirect_chain[-1][0] == CHANGE and seen.status_code == 200
    assert User.objects.get(pk=owner.pk).check_password(PASSWORD)


def test_whoever_goes_back_to_what_was_asked_for_finds_a_page(desk, owner):
    long_ago(desk, owner)
    form = {"name": "Olive Q. Example", "email": "olive@firm.example"}
    answer = desk.post("/admin/account/name/", form)
    desk.post(answer.url, {"password": PASSWORD})
    owner.refresh_from_db()
    assert owner.get_full_name() == "Olive Q. Example"
    assert desk.get("/admin/account/name/").url == "/admin/account/"


def test_sessions_are_sealed_in_the_database(client, attorney, clock, settings):
    attempt(client)
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    row = DeskSession.objects.get(pk=session.session_key)
    opened = str(signing.loads(open_sealed(row.session_data), salt=session.key_salt))
    assert SECRET in opened and row.session_data.startswith("gAAAA")
    row.session_data = "x" + row.session_data
    row.save()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("what", ["close", "reset", "password"])
def test_who_has_only_shown_the_password_begins_anew_when_it_is_another(
    desk, staff, what, clock
):
    give_app(staff)
    begun = Client()
    assert attempt(begun, name="sam").url == SHOW
    if what == "password":
        other = signed_in(staff)
        other.post(CHANGE, {"new_password1": NEW, "new_password2": NEW})
    else:
        seen = {"factor": second_factors.tokens()[staff.pk]}
        desk.post(f"/admin/people/{staff.pk}/{what}/", seen)
    assert begun.post(SHOW, {"code": code()}).url == "/admin/login/"
    assert begun.get("/admin/login/").status_code == 200
    assert begun.get("/admin/").status_code == 302


def test_who_has_only_shown_the_password_is_not_on_the_list(client, staff, clock):
    give_app(staff)
    attempt(Client(), name="sam")
    signed_in(staff, client)
    assert len(client.get("/admin/account/").context["sessions"]) == 1
