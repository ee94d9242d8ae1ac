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
from lawblog.people import actions, one_time_links, roles, second_factors
from lawblog.people.people_page import do

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
    seen = {"factor": second_factors.tokens().get(person.pk, "")}
    answer = client.post(f"/admin/people/{person.pk}/{what}/", seen)
    if what in actions.ASKED_EACH_TIME and getattr(answer, "url", "").startswith(AGAIN):
        answer = client.post(answer.url, {"password": PASSWORD})
    if follow and answer.status_code == 302:
        return client.get(answer.url, follow=True)
    return answer


def said(client, person, what):
    return press(client, person, what, follow=True).content.decode()


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
    form = {"name": "Bea", "email": "bea@firm.example", "role": roles.ATTORNEY}
    answer = attorneys_desk.post(INVITE, form)
    assert "What you chose is not there any more." in answer.content.decode()
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
