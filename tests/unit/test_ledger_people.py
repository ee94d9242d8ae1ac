"""Accounts, roles and sign-ins on the record, without what must not be in it."""

import json

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from helpers.recorded import sql, unguarded

from lawblog.models import Entry
from lawblog.people import rate_limit
from lawblog.records import watching
from lawblog.records.verify import verify


def lines(subject):
    return [json.loads(e.line) for e in Entry.objects.filter(subject=subject)]


def last(subject):
    return lines(subject)[-1]


@pytest.fixture
def sam(db):
    return User.objects.create_user(
        "sam@firm.example", "sam@firm.example", "correct horse", first_name="Sam"
    )


def test_an_account_is_told_without_address_or_password(sam):
    text = Entry.objects.get(subject="auth.user").line
    assert json.loads(text)["facts"]["name"] == "Sam"
    for secret in ("@", "password", sam.password, "firm.example"):
        assert secret not in text


@pytest.mark.parametrize(
    "change, what",
    [
        (lambda sam: User.objects.update(is_active=False), ["is_active"]),
        (lambda sam: User.objects.update(is_superuser=True), ["is_superuser"]),
        (lambda sam: User.objects.update(first_name="Samuel"), ["name"]),
        (lambda sam: User.objects.update(password="!"), ["password"]),
        (lambda sam: sql("UPDATE auth_user SET password = '!'"), ["password"]),
        (lambda sam: (sam.set_password("another horse"), sam.save()), ["password"]),
        (
            lambda sam: sam.user_permissions.add(
                Permission.objects.get(codename="publish_post")
            ),
            ["rights"],
        ),
        (lambda sam: sam.groups.add(Group.objects.create(name="Any")), ["groups"]),
    ],
)
def test_a_change_of_an_account_is_told(sam, change, what):
    change(sam)
    line = last("auth.user")
    assert line["what"] == what and line["kind"] == "changed"
    assert sam.password not in str(lines("auth.user"))
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_an_account_is_not_changed_where_its_line_cannot_be_written(sam, monkeypatch):
    def broken(draft, using):
        raise ZeroDivisionError

    monkeypatch.setattr(watching, "write", broken)
    with pytest.raises(ZeroDivisionError):
        User.objects.update(is_superuser=True)
    sam.refresh_from_db()
    assert not sam.is_superuser


def test_a_change_of_a_role_is_told_for_the_role_and_its_people(sam):
    group = Group.objects.create(name="Office staff")
    sam.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="publish_post"))
    assert last("auth.group")["facts"]["rights"] == ["posts.publish_post"]
    Group.objects.update(name="Staff")
    assert last("auth.user")["facts"]["groups"] == ["Staff"]
    assert list(verify()) == []


def test_a_right_of_another_name_is_told_for_whoever_has_it(sam):
    right = Permission.objects.get(codename="add_user")
    group = Group.objects.create(name="Partners")
    group.permissions.add(right)
    sam.user_permissions.add(right)
    Permission.objects.filter(pk=right.pk).update(codename="invite_user")
    for subject in ("auth.group", "auth.user"):
        assert last(subject)["facts"]["rights"] == ["auth.invite_user"]
    assert list(verify()) == []


def test_signing_in_is_told_with_who_it_was(client, sam):
    client.force_login(sam)
    line = json.loads(Entry.objects.latest("seq").line)
    assert line["kind"] == "signed in" and line["facts"] == {"account": sam.pk}
    assert line["by"] == {"id": sam.pk, "name": "Sam"}


def refusals():
    found = Entry.objects.filter(kind="sign-in refused")
    return [json.loads(entry.line) for entry in found]


def test_a_wrong_password_is_told_of_the_account(sam):
    assert authenticate(None, username=sam.username, password="no") is None
    (line,) = refusals()
    assert line["facts"] == {"account": sam.pk} and line["note"] == "Sam"


def test_of_a_made_up_name_only_that_it_was_is_kept_and_once_in_a_while(db, clock):
    for name in ("hunter2", "other", "x" * 5000, "<script>"):
        assert authenticate(None, username=name, password="no") is None
    (line,) = refusals()
    assert line["facts"] == {"account": None} and line["note"] == "no such account"
    assert "hunter2" not in json.dumps(line)
    clock.shift(rate_limit.WINDOW_SECONDS)
    authenticate(None, username="again", password="no")
    assert len(refusals()) == 2


def test_no_address_of_a_visitor_is_kept(client, sam):
    address = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "192.0.2.8"}
    form = {"login": sam.username, "password": "wrong"}
    client.post(reverse("admin:login"), form, **address)
    assert refusals()
    assert "192.0.2" not in "".join(Entry.objects.values_list("line", flat=True))


def test_what_the_owner_of_the_database_does_to_an_account_is_found(sam):
    with watching.unwatched():
        unguarded("UPDATE auth_user SET is_superuser = %s", True)
    (finding,) = verify()
    assert "is_superuser" in finding.sentence
