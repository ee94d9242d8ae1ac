"""People: who may do what to whose account, with the password asked again."""

import json
from itertools import product

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from helpers.desk import page
from helpers.signing_in import (
    AGAIN,
    PASSWORD,
    attempt,
    give_app,
    shown,
    signed_in,
    the_owner,
)

from lawblog.models import Entry, PasswordLink
from lawblog.people import actions, one_time_links, roles
from lawblog.people.people_page import do
from offices.models import Attorney

PEOPLE, INVITE = "/admin/people/", "/admin/people/invite/"


@pytest.fixture
def owner(finished_firm):
    return the_owner()


@pytest.fixture
def desk(client, owner, clock):
    """The owner's browser, in which the password was typed again just now."""
    return signed_in(owner, client)


@pytest.fixture
def attorneys_desk(client, attorney, owner, clock):
    return signed_in(attorney, client)


def press(client, person, what, follow=False):
    """The answer to a press, with the password where it is asked for at each."""
    answer = client.post(f"/admin/people/{person.pk}/{what}/")
    if what in actions.ASKED_EACH_TIME and getattr(answer, "url", "").startswith(AGAIN):
        answer = client.post(answer.url, {"password": PASSWORD})
    if follow and answer.status_code == 302:
        return client.get(answer.url, follow=True)
    return answer


def said(client, person, what):
    return press(client, person, what, follow=True).content.decode()


def invitation(**fields):
    form = {"name": "Bea Example", "email": "bea@firm.example", "role": roles.STAFF}
    return {**form, **fields}


def lines(kind):
    found = Entry.objects.filter(kind=kind).order_by("seq")
    return [json.loads(entry.line) for entry in found]


@pytest.mark.slow
def test_the_page_lists_everyone_with_role_last_sign_in_and_factor(
    desk, owner, attorney, staff
):
    give_app(staff)
    attempt(Client(), name="anna")
    text = page(desk, PEOPLE)
    for words in ("Olive Example", "Owner", "Anna Example", "Attorney", "Sam Example"):
        assert words in text
    assert "Nov 24, 2026, noon" in text and "Never" in text and "app" in text
    for word in (
        "superuser",
        "Superuser",
        "permission",
        "Group",
        "hash",
        "pbkdf2",
        "md5$",
    ):
        assert word not in text


@pytest.mark.slow
def test_staff_do_not_see_it(staff_client):
    assert staff_client.get(PEOPLE).status_code == 403
    assert staff_client.get("/admin/").content.decode().count(PEOPLE) == 0


def test_djangos_pages_of_accounts_are_gone(desk):
    for address in ("auth/", "auth/user/", "auth/user/1/change/", "auth/group/add/"):
        assert desk.get(f"/admin/{address}").status_code == 404, address
    for address in ("/admin/account/emailaddress/", "/admin/mfa/"):
        assert desk.get(address).status_code == 404, address


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
    (line,) = lines("password link made")
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
    ({"name": "Bea\x00"}, "Null characters"),
    ({"role": "Owner"}, "Select a valid choice"),
    ({"record": "999999999999"}, "Select a valid choice"),
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
def test_an_account_is_closed_and_out_at_once_and_opened_again(desk, staff):
    browser = signed_in(staff)
    assert browser.get("/admin/").status_code == 200
    link = one_time_links.make(staff)
    assert "signed out everywhere" in said(desk, staff, "close")
    assert browser.get("/admin/").status_code == 302
    with pytest.raises(one_time_links.Spent):
        one_time_links.find(link)
    assert "Closed" in page(desk, PEOPLE)
    assert attempt(Client(), name="sam").url == "/admin/account/closed/"
    assert "can sign in again" in said(desk, staff, "reopen")
    assert attempt(Client(), name="sam").status_code == 302


@pytest.mark.slow
def test_a_role_is_changed_and_nothing_else_is_left_of_the_other(desk, staff):
    said(desk, staff, "make-attorney")
    staff.user_permissions.add(
        Group.objects.get(name=roles.ATTORNEY).permissions.first()
    )
    assert [g.name for g in staff.groups.all()] == [roles.ATTORNEY]
    said(desk, staff, "make-staff")
    assert [g.name for g in staff.groups.all()] == [roles.STAFF]
    assert not staff.user_permissions.exists()


@pytest.mark.slow
def test_a_role_changed_while_the_person_works_counts_at_once(
    desk, attorney, make_post
):
    browser, post = signed_in(attorney), make_post()
    address = f"/admin/posts/post/{post.pk}/publish/"
    assert browser.get(address).status_code == 200
    said(desk, attorney, "make-staff")
    answer = browser.post(address, {})
    assert (
        answer.status_code == 403 and "nothing was changed" in answer.content.decode()
    )
    assert browser.get("/admin/posts/post/").status_code == 200
    # What was typed meanwhile is given back, where its form no longer opens.
    form = {"tagline": "Plain <words>", "csrfmiddlewaretoken": "x", "name": "Word"}
    text = browser.post("/admin/offices/firm/1/change/", form).content.decode()
    assert ">Plain &lt;words&gt;</textarea>" in text and text.count("<textarea") == 1
    form = {"new_password1": "four words and more", "tagline": "Plain words"}
    text = browser.post("/admin/offices/firm/1/change/", form).content.decode()
    assert "<textarea" not in text and "four words" not in text


@pytest.mark.slow
def test_a_reset_takes_all_factors_and_sessions(desk, staff):
    browser = signed_in(staff)
    assert "has no second factor now" in said(desk, staff, "reset")
    assert browser.get("/admin/").status_code == 302
    assert attempt(Client(), name="sam").url == "/admin/"
    (line,) = lines("second factor reset")
    assert line["by"]["name"] == "Olive Example"
    assert line["facts"] == {"account": staff.pk, "count": 1}


def test_a_new_link_ends_the_one_before(desk, staff):
    first = one_time_links.make(staff)
    press(desk, staff, "link")
    with pytest.raises(one_time_links.Spent, match="newer one"):
        one_time_links.find(first)
    assert PasswordLink.objects.filter(user=staff).count() == 1


@pytest.mark.slow
def test_nobody_but_the_owner_touches_the_owner_or_an_attorney(
    attorneys_desk, attorney, owner
):
    bea = User.objects.create_user("bea", password=PASSWORD, is_staff=True)
    roles.give(bea, roles.ATTORNEY)
    for person, what in product((owner, bea, attorney), actions.ACTS):
        before = User.objects.values().get(pk=person.pk)
        assert "Nothing was done." in said(attorneys_desk, person, what), what
        assert User.objects.values().get(pk=person.pk) == before, what
    assert not PasswordLink.objects.exists() and not lines("second factor reset")


@pytest.mark.slow
def test_an_attorney_changes_staff_but_makes_no_attorney(attorneys_desk, staff):
    assert "Make attorney" not in page(attorneys_desk, PEOPLE)
    assert "Only the owner makes" in said(attorneys_desk, staff, "make-attorney")
    assert roles.role_of(User.objects.get(pk=staff.pk)) == roles.STAFF
    answer = attorneys_desk.post(INVITE, invitation(role=roles.ATTORNEY))
    assert "Select a valid choice" in answer.content.decode()
    assert "A link for Sam Example" in said(attorneys_desk, staff, "link")


@pytest.mark.slow
def test_staff_and_strangers_do_nothing(staff_client, attorney, staff):
    before = list(User.objects.values("pk", "is_active", "is_superuser", "password"))
    for what in actions.ACTS:
        assert press(staff_client, attorney, what).status_code == 403, what
        assert press(Client(), attorney, what).status_code == 302, what
    after = User.objects.values("pk", "is_active", "is_superuser", "password")
    assert list(after) == before and not PasswordLink.objects.exists()


@pytest.mark.slow
def test_the_owner_hands_ownership_over(desk, owner, attorney):
    assert "is the owner now" in said(desk, attorney, "hand-over")
    owner.refresh_from_db(), attorney.refresh_from_db()
    assert (owner.is_superuser, attorney.is_superuser) == (False, True)
    assert roles.role_of(owner) == roles.ATTORNEY
    (line,) = lines("ownership handed over")
    assert line["facts"] == {"from": owner.pk, "to": attorney.pk}
    assert "Only the owner changes the owner’s" in said(desk, attorney, "close")


@pytest.mark.slow
def test_ownership_goes_to_an_attorney_who_signs_in(desk, owner, attorney, staff):
    def hands_over_to(person):
        said(desk, person, "hand-over")
        owner.refresh_from_db()
        return not owner.is_superuser

    assert not hands_over_to(staff)
    User.objects.filter(pk=attorney.pk).update(is_active=False)
    assert not hands_over_to(attorney)
    attorney.set_unusable_password()
    attorney.save()
    assert not hands_over_to(attorney)


def test_the_last_attorney_is_neither_closed_nor_made_staff(owner, attorney):
    """An installation of before may have an owner in no role, and one more."""
    other = User.objects.create_superuser("other", password=PASSWORD)
    User.objects.exclude(pk__in=(attorney.pk, other.pk)).update(is_active=False)
    User.objects.filter(pk=other.pk).update(is_active=True)
    everyone = roles.everybody()
    case = actions.Case(other, attorney, [u for u in everyone if u != other])
    for act in (actions.close, actions.make_staff):
        with pytest.raises(actions.Refused, match="the last attorney"):
            act(case)


@pytest.mark.slow
def test_what_was_pressed_waits_for_the_password_and_is_done_then(desk, owner, staff):
    shown(desk, owner, "mfa", type="totp", at=0)
    answer = press(desk, staff, "close")
    assert answer.url.startswith(AGAIN)
    assert User.objects.get(pk=staff.pk).is_active
    assert (
        "not your password"
        in desk.post(answer.url, {"password": "wrong"}).content.decode()
    )
    assert User.objects.get(pk=staff.pk).is_active
    desk.post(answer.url, {"password": PASSWORD})
    assert not User.objects.get(pk=staff.pk).is_active


@pytest.mark.slow
def test_an_invitation_that_waited_for_the_password_lost_nothing(desk, owner):
    shown(desk, owner, "mfa", type="totp", at=0)
    answer = desk.post(INVITE, invitation())
    desk.post(answer.url, {"password": PASSWORD})
    assert User.objects.get(email="bea@firm.example").get_full_name() == "Bea Example"


def test_what_is_not_there_is_not_found(desk):
    for address in ("999/close/", "1/nothing/", "1/__class__/"):
        assert desk.post(PEOPLE + address).status_code == 404, address


def test_a_press_counts_by_the_rights_of_now(owner, attorney, staff):
    stale = User.objects.get(pk=attorney.pk)
    roles.give(attorney, roles.STAFF)
    with pytest.raises(actions.Refused, match="role was changed meanwhile"):
        do(stale, staff.pk, "close")


def test_a_page_that_only_takes_presses_leads_back(desk, staff):
    for address in (INVITE, f"/admin/people/{staff.pk}/close/"):
        assert desk.get(address).url == PEOPLE
    assert User.objects.get(pk=staff.pk).is_active
