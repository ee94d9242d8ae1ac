"""manage.py people: the way back in for whoever cannot get in."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from helpers.signing_in import attempt, give_app, signed_in

from lawblog.models import Entry


@pytest.fixture(autouse=True)
def sam(staff, clock):
    return staff


def people(*args):
    out = io.StringIO()
    call_command("people", *args, stdout=out)
    return out.getvalue()


def test_everybody_is_listed(sam):
    give_app(sam)
    assert "sam: Sam Example, Staff, never signed in, app\n" in people()
    assert re.search("^attorney: .*Owner", people(), re.MULTILINE)


@pytest.mark.parametrize("name", ["sam", "SAM"])
def test_a_link_opens_the_desk_to_whoever_forgot_the_password(client, name):
    out = people("--link", name)
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(\S+)", out)
    assert "once, for 48 hours (Nov 26, 2026, noon)" in out
    form = {"new_password1": "lantern quick brown seven"}
    form["new_password2"] = form["new_password1"]
    assert client.post(address, form).url == "/admin/"
    line = Entry.objects.get(kind="password link made").line
    assert '"by":{"id":null' in line


def test_a_lost_second_factor_is_taken_away(sam):
    browser = signed_in(sam)
    assert "has no second factor now" in people("--reset-second-factor", "sam")
    assert browser.get("/admin/").status_code == 302
    assert attempt(Client(), name="sam").url == "/admin/"


def test_somebody_is_signed_out_everywhere(sam):
    browser = signed_in(sam)
    assert people("--sign-out", "sam") == "Signed out of 1 browser.\n"
    assert browser.get("/admin/").status_code == 302
    line = Entry.objects.get(kind="signed out").line
    assert f'"account":{sam.pk},"count":1' in line


@pytest.mark.parametrize("option", ["--link", "--reset-second-factor", "--sign-out"])
def test_an_unknown_name_gets_a_sentence(option):
    with pytest.raises(CommandError, match="Nobody signs in as 'x'"):
        people(option, "x")


def test_a_closed_account_gets_no_link(sam):
    sam.is_active = False
    sam.save()
    with pytest.raises(CommandError, match="is closed"):
        people("--link", "sam")
