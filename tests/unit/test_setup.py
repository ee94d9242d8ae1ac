"""manage.py setup: what is known and nothing more, and no edit is ever undone."""

import importlib
import io
import re
from contextlib import suppress
from datetime import time

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core import serializers
from django.core.management import CommandError, call_command

from lawblog.models import Role
from offices.models import Attorney, Firm, Office, OfficeHours

pytestmark = pytest.mark.django_db

FACTS = """
    name slug street suite city state zip_code phone fax is_principal
    appointment_only receives_mail time_zone
""".split()
FORT_LEE = (
    *(
        "Fort Lee",
        "fort-lee",
        "2125 Center Ave",
        "Suite 314",
        "Fort Lee",
        "NJ",
        "07024",
    ),
    *("(201) 448-9837", "(201) 479-1162", True, False, True, "America/New_York"),
)
NEW_YORK = (
    *("New York", "new-york", "305 Broadway", "Suite 1422", "New York", "NY", "10007"),
    *("", "", False, True, False, "America/New_York"),
)


def setup(*args):
    out = io.StringIO()
    call_command("setup", *args, stdout=out)
    return out.getvalue()


def everything():
    """Every row that setup may write, groups with their rights, users with hashes."""
    models = (Firm, Attorney, Office, OfficeHours, Group, Role, User)
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return serializers.serialize("json", rows)


def passwords(output):
    return dict(re.findall(r"User name: (\w+)   Password: (\S+)", output))


@pytest.mark.slow
def test_the_two_offices_are_what_is_known_and_nothing_more(set_up):
    assert list(Office.objects.values_list(*FACTS)) == [FORT_LEE, NEW_YORK]
    assert not OfficeHours.objects.exists()


def test_the_firms_record_is_unfinished_and_says_what_is_missing(set_up):
    firm = Firm.objects.get()
    assert (firm.name, firm.tagline, firm.responsible_attorney) == ("", "", None)
    assert not Attorney.objects.exists()
    missing = [field for field, sentence in firm.missing()]
    assert missing == ["name", "responsible_attorney"]


def test_setting_up_twice_changes_nothing(set_up):
    before = everything()
    assert setup() == ""
    assert everything() == before


def rename_an_office():
    Office.objects.filter(slug="new-york").update(name="Manhattan", slug="manhattan")


def change_hours():
    office = Office.objects.get(slug="fort-lee")
    office.hours.create(weekday=0, opens=time(9), closes=time(17))


def change_a_phone():
    Office.objects.filter(slug="fort-lee").update(phone="(201) 555-0123")


def delete_an_office():
    office = Office.objects.get(slug="new-york")
    office.hours.all().delete()
    office.delete()


def finish_the_firm():
    author = Attorney.objects.create(name="The Attorney", admissions="New Jersey")
    Firm.objects.update(name="The Firm", responsible_attorney=author)


def narrow_a_role():
    Group.objects.get(name="Office staff").permissions.clear()


def close_an_account():
    User.objects.filter(username="staff").delete()


def change_a_password():
    user = User.objects.get(username="attorney")
    user.set_password("another one")
    user.save()


EDITS = [
    *(rename_an_office, change_hours, change_a_phone, delete_an_office),
    *(finish_the_firm, narrow_a_role, close_an_account, change_a_password),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_is_never_overwritten(set_up, edit):
    edit()
    before = everything()
    assert setup("--with-samples") == ""
    assert everything() == before


# Accounts are the owner's.
NOBODYS = (
    *("auth.view_user", "auth.add_user", "auth.change_user", "auth.change_group"),
    *("posts.change_edition", "posts.delete_edition"),
)


@pytest.mark.parametrize(
    "right",
    [
        *("posts.publish_post", "posts.delete_post", "posts.delete_topic"),
        *("posts.delete_term", "posts.delete_series"),
        *("offices.view_firm", "offices.change_firm", "offices.change_attorney"),
        *("offices.add_office", "offices.delete_office"),
        *NOBODYS,
    ],
)
def test_staff_lack_the_attorneys_rights(staff, attorney, right):
    assert not staff.has_perm(right)
    assert attorney.has_perm(right) is (right not in NOBODYS)


def test_staff_write_and_keep_the_offices_right(staff, attorney):
    rights = ["posts.add_post", "posts.change_post", "posts.add_topic"]
    rights += ["posts.change_topic", "posts.change_series"]
    rights += ["posts.add_series", "posts.add_term", "posts.change_term"]
    rights += ["offices.change_office", "offices.add_officehours"]
    rights += ["offices.change_officehours", "offices.delete_officehours"]
    assert staff.has_perms(rights) and attorney.has_perms(rights)
    assert staff.get_all_permissions() < attorney.get_all_permissions()


def test_an_update_takes_back_what_opened_side_doors(set_up):
    for group, right in (
        ("Attorney", "add_user"),
        ("Attorney", "change_user"),
    ):
        rows = Group.objects.get(name=group).permissions
        rows.add(Permission.objects.get(codename=right))
    name = "lawblog.migrations.0003_rights_taken_back"
    importlib.import_module(name).take_back(apps, None)
    setup()
    codenames = {name: dict(map(reversed, rights(name))) for name in BOTH}
    assert not {"add_user", "change_user"} & codenames["Attorney"].keys()


BOTH = ("Attorney", "Office staff")
NEW = {"page", "term", "series", "firmlink"}


def rights(name):
    rows = Group.objects.get(name=name).permissions
    return set(rows.values_list("content_type__model", "codename"))


@pytest.fixture
def before_an_update(set_up):
    """Two roles as a version left them that knew none of NEW, nor what it had given."""
    for group in Group.objects.all():
        later = group.permissions.filter(content_type__model__in=NEW)
        group.permissions.remove(*later)
    Role.objects.all().delete()


def update():
    """migrate, then setup."""
    name = "lawblog.migrations.0002_roles"
    importlib.import_module(name).remember(apps, None)
    setup()


@pytest.mark.parametrize("name", ["Attorney", "Office staff"])
def test_an_update_gives_a_role_the_rights_to_what_it_brings(set_up, request, name):
    fresh = rights(name)
    request.getfixturevalue("before_an_update")
    assert rights(name) < fresh
    update()
    assert rights(name) == fresh


@pytest.mark.parametrize("codename", ["change_post", "view_topic", "delete_closure"])
def test_an_update_leaves_alone_what_was_taken_back(before_an_update, codename):
    group = Group.objects.get(name="Office staff")
    group.permissions.remove(*group.permissions.filter(codename=codename))
    update()
    assert codename not in dict(map(reversed, rights("Office staff")))


@pytest.mark.parametrize("model", ["post", "page"])
def test_what_is_taken_back_from_everybody_stays_so(set_up, model):
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(content_type__model=model))
    setup()
    for name in ("Attorney", "Office staff"):
        assert model not in dict(rights(name))


def test_a_role_that_was_deleted_is_made_whole(set_up):
    before = rights("Office staff")
    Group.objects.get(name="Office staff").delete()
    setup()
    assert rights("Office staff") == before


@pytest.mark.slow
def test_passwords_are_shown_once_and_open_the_desk(client):
    first, second = passwords(setup()), passwords(setup())
    assert set(first) == {"attorney", "staff"} and second == {}
    for username, password in first.items():
        form = {"login": username, "password": password}
        response = client.post("/admin/login/?next=/admin/", form)
        assert (response.status_code, response["Location"]) == (302, "/admin/")
        assert client.get("/admin/posts/post/").status_code == 200


@pytest.mark.slow
def test_each_installation_has_its_own_passwords(client):
    first = passwords(setup())
    User.objects.all().delete()
    assert not set(first.values()) & set(passwords(setup()).values())


def test_the_first_accounts_have_their_roles(set_up):
    roles = User.objects.order_by("username").values_list(
        "username", "groups__name", "is_superuser", "is_staff"
    )
    assert list(roles) == [
        ("attorney", "Attorney", True, True),
        ("staff", "Office staff", False, True),
    ]


@pytest.mark.slow
def test_no_password_is_shown_for_an_account_that_is_not_there(settings):
    settings.HTTPS = True
    out = io.StringIO()
    with suppress(CommandError):
        call_command("setup", "--with-samples", stdout=out)
    shown = passwords(out.getvalue())
    assert User.objects.filter(username__in=shown).count() == len(shown)
