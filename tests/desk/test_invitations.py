"""Invitations: a name, an address and a role become an account and a link."""

import json

import pytest
from django.contrib.auth.models import User
from helpers.desk import page
from helpers.signing_in import PASSWORD, shown, signed_in, the_owner

from lawblog.models import Entry, PasswordLink
from lawblog.people import one_time_links, roles
from offices.models import Attorney

PEOPLE, INVITE = "/admin/people/", "/admin/people/invite/"


@pytest.fixture
def desk(client, finished_firm, clock):
    """The owner's browser, in which the password was typed again just now."""
    return signed_in(the_owner(), client)


def invitation(**fields):
    form = {"name": "Bea Example", "email": "bea@firm.example", "role": roles.STAFF}
    return {**form, **fields}


def test_an_invitation_makes_an_account_that_cannot_sign_in_and_a_link(desk):
    answer = desk.post(
        INVITE, invitation(name="  Bea   Example ", email="Bea@Firm.example")
    )
    bea = User.objects.get(email="bea@firm.example")
    assert (bea.get_full_name(), bea.username) == ("Bea Example", "bea@firm.example")
    assert roles.role_of(bea) == roles.STAFF and bea.is_staff
    assert not bea.has_usable_password()
    link = PasswordLink.objects.get(user=bea)
    text = answer.content.decode()
    assert "http://127.0.0.1:8000/admin/account/link/" in text
    assert (
        link.digest not in text
        and (link.ends_at - link.made_at) == one_time_links.LINK_LIFETIME
    )
    assert "Not yet; a link works until Nov 26, noon" in text
    line = json.loads(Entry.objects.get(kind="password link made").line)
    assert line["by"]["name"] == "Olive Example"
    assert "bea@" not in "".join(Entry.objects.values_list("line", flat=True))


@pytest.mark.slow
def test_an_attorney_is_linked_to_their_page(desk):
    anna = Attorney.objects.get(slug="anna")
    form = invitation(role=roles.ATTORNEY, record=str(anna.pk))
    assert "on the site: <bdi>Anna Example" in desk.post(INVITE, form).content.decode()
    anna.refresh_from_db()
    assert anna.user.email == "bea@firm.example"
    assert roles.role_of(anna.user) == roles.ATTORNEY
    form = invitation(name="Cy", email="cy@firm.example", record=str(anna.pk))
    assert desk.post(INVITE, form).status_code == 200
    anna.refresh_from_db()
    assert anna.user.email == "bea@firm.example"


def test_staff_have_no_page_of_their_own(desk):
    anna = Attorney.objects.get(slug="anna")
    answer = desk.post(INVITE, invitation(record=str(anna.pk)))
    assert "Only an attorney has a page" in answer.content.decode()
    assert not User.objects.filter(email="bea@firm.example").exists()


ODD = [
    ({"email": "SAM@firm.example"}, "Sam Example signs in with this address"),
    ({"email": "attorney"}, "Write an address like name@example.com"),
    ({"email": "a@b.example\nBcc: c@d.example"}, "Write an address like"),
    (
        {"email": "x" * 500 + "@firm.example"},
        "This is too long: at most 150 characters.",
    ),
    (
        {"email": "x" * 60 + f"@{'firm.' * 20}example"},
        "This is too long: at most 150 characters.",
    ),
    ({"name": "Olive Example"}, "There is Olive Example already: add an initial"),
    ({"name": "olive EXAMPLE"}, "There is Olive Example already"),
    ({"name": "Olive Exam\u200dple"}, "There is Olive Example already"),
    ({"name": "Ｏlive Example"}, "There is Olive Example already"),
    ({"name": "Оlivе Ехаmрlе"}, "There is Olive Example already"),  # Cyrillic
    ({"name": "OIive Εxample"}, "There is Olive Example already"),  # I, Greek
    ({"email": "\u017fam@firm.example"}, "plain letters and digits"),
    ({"email": "bea@f\u0456rm.example"}, "plain letters and digits"),
    ({"email": '"bea\x01"@firm.example'}, "plain letters and digits"),
    ({"name": "Sam Example"}, "open their closed account again"),
    ({"name": "\u3164 \u115f"}, "invisible sign"),
    ({"name": ""}, "The record says who did what"),
    ({"name": "x" * 500}, "This is too long: at most 150 characters."),
    ({"name": "Bea\nBcc: all"}, "A name is one line"),
    ({"name": "Bea\u2028Example"}, "A name is one line"),
    ({"name": "Bea \u202eelpmaxE"}, "turns the direction"),
    ({"name": "Bea\x00"}, "a sign that cannot be kept"),
    ({"role": "Owner"}, "What you chose is not there any more."),
    ({"record": "999999999999"}, "What you chose is not there any more."),
]


@pytest.mark.slow
def test_an_odd_invitation_gets_a_sentence_and_keeps_what_was_typed(desk, staff):
    staff.email, staff.is_active = "sam@firm.example", False
    staff.save()
    before = User.objects.count()
    for fields, sentence in ODD:
        text = desk.post(INVITE, invitation(**fields)).content.decode()
        assert sentence in text and User.objects.count() == before, fields
        assert "firm.example" in text or "Bea" in text, fields


@pytest.mark.slow
def test_a_name_from_right_to_left_stands_apart_from_what_is_around_it(desk):
    desk.post(INVITE, invitation(name="שרה כהן"))
    assert "<bdi>שרה כהן</bdi>" in page(desk, PEOPLE)


@pytest.mark.slow
def test_an_invitation_that_waited_for_the_password_lost_nothing(desk):
    shown(desk, User.objects.get(is_superuser=True), "mfa", type="totp", at=0)
    answer = desk.post(INVITE, invitation())
    desk.post(answer.url, {"password": PASSWORD})
    assert User.objects.get(email="bea@firm.example").get_full_name() == "Bea Example"
