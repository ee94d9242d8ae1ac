"""“Before launch” at the desk and `check --deploy` read one list, and miss nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.utils import timezone
from helpers.isolation import undone
from helpers.signing_in import give_app

from lawblog.desk import launch
from lawblog.keeping.models import JobRun
from lawblog.notices.models import MailTrial
from offices.models import Attorney, Firm, Office, OfficeHours, Page
from posts.models import Post


@pytest.fixture
def finished(set_up, settings):
    """A site that has all that it needs before readers come."""
    settings.HTTPS, settings.SITE_URL = True, "https://www.example.com"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    # conftest.py allows it for the browser's sake.
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]
    anna = Attorney.objects.create(name="Anna Example", admissions="New Jersey")
    Firm.objects.update(name="The Firm", responsible_attorney=anna)
    hours = {"weekday": 0, "opens": "09:00", "closes": "17:00"}
    Office.objects.get(name="Fort Lee").hours.create(**hours)
    Page.objects.update(reviewed=True)
    for job in ("backup", "drill"):
        JobRun.objects.create(name=job, succeeded_at=timezone.now())
    MailTrial.objects.create(pk=1, declined_at=timezone.now())
    User.objects.filter(is_superuser=True).update(first_name="Olive")
    for user in User.objects.filter(authenticator=None):
        give_app(user)


def check(*tags):
    """All of `check --deploy`, or of these tags."""
    call_command("check", deploy=True, fail_level="WARNING", tags=tags or None)


def a_sample(settings):
    Post.objects.create(title="A", slug="a", is_sample=True, law_as_of="2026-01-01")


def read(client, address):
    return client.get(address, secure=True).content.decode()


def on_http(settings):
    settings.HTTPS = False


def no_redirect(settings):
    settings.SECURE_SSL_REDIRECT = False


MISSING = {
    "firm-name": lambda _: Firm.objects.update(name=""),
    "article-notice": lambda _: Firm.objects.update(article_notice=""),
    "attorney": lambda _: Firm.objects.update(responsible_attorney=None),
    "attorney-name": lambda _: Attorney.objects.update(name="Anna"),
    "admissions": lambda _: Attorney.objects.update(admissions=""),
    "hours-fort-lee": lambda _: OfficeHours.objects.all().delete(),
    "hours-new-york": lambda _: Office.objects.update(appointment_only=False),
    "samples": a_sample,
    "owner-name": lambda _: User.objects.update(first_name="", last_name=""),
    "second-factors": lambda _: Authenticator.objects.filter(
        user__username="staff"
    ).delete(),
    "backup": lambda _: JobRun.objects.filter(name="drill").update(failed=True),
    "mail": lambda _: MailTrial.objects.update(declined_at=None),
    "address": on_http,
    **{
        f"page-{kind}-{language}": lambda _, **row: Page.objects.filter(**row).update(
            reviewed=False
        )
        for kind in Page.Kind.values
        for language in ("en", "es")
    },
}


def undo(key, settings):
    row = {}
    if key.startswith("page-"):
        kind, _, language = key.removeprefix("page-").rpartition("-")
        row = {"kind": kind, "language": language}
    MISSING[key](settings, **row)


@pytest.mark.slow
def test_a_finished_site_is_launched(finished, owner_client):
    check()
    assert "Before launch" not in read(owner_client, "/admin/")
    page = read(owner_client, "/admin/launch/")
    assert "The site is ready for readers." in page


def test_everything_on_the_list_is_missed_below(finished):
    assert {item.key for item in launch.items()} == set(MISSING)


@pytest.mark.slow
def test_each_item_is_missed_by_the_desk_and_by_the_check(
    finished, settings, owner_client
):
    missed = {}
    for key in MISSING:
        with undone():
            undo(key, settings)
            missed[key] = missed_alone(key)
        settings.HTTPS = True
    # Without an attorney nobody asks for the attorney's name.
    for keys in (MISSING.keys() - {"attorney"}, {"attorney"}):
        for key in keys:
            undo(key, settings)
        front = read(owner_client, "/admin/")
        for key in keys:
            assert f'<li><a href="{missed[key].address}">' in front, key
    fields = {item.address for item in missed.values() if "#" in item.address}
    for page, _, field in (address.partition("#") for address in fields):
        assert f'id="{field}"' in read(owner_client, page), page


def missed_alone(key):
    """The one item that is not done, which the check tells, too."""
    (missed,) = [item for item in launch.items() if not item.is_done]
    assert missed.key == key
    with pytest.raises(SystemCheckError) as refusal:
        check("launch")
    assert "identified 1 issue " in str(refusal.value)
    assert f"(launch.{key}) {missed.words}." in str(refusal.value)
    assert missed.address in str(refusal.value)
    return missed


def test_a_public_site_that_is_set_up_unsafely_is_not_launched(finished, settings):
    no_redirect(settings)
    with pytest.raises(SystemCheckError, match="launch.address"):
        check()


def test_a_site_without_an_office_is_not_launched(finished):
    OfficeHours.objects.all().delete()
    Office.objects.all().delete()
    with pytest.raises(SystemCheckError, match=r"launch.office\) Enter an office."):
        check()


def test_all_that_is_missing_is_named_at_once(set_up, settings):
    with pytest.raises(SystemCheckError) as refusal:
        check()
    undone = [item.key for item in launch.items() if not item.is_done]
    assert len(undone) > 12
    assert all(f"(launch.{key})" in str(refusal.value) for key in undone)


def test_a_database_that_does_not_answer_is_not_launched(finished):
    def down(*args):
        raise OperationalError("it is gone")

    with connection.execute_wrapper(down), pytest.raises(SystemCheckError) as refusal:
        check()
    sentence = "(launch.database) The firm's record cannot be read: it is gone"
    assert sentence in str(refusal.value)


@pytest.mark.slow
def test_the_desk_names_no_command(set_up, owner_client):
    pages = [
        owner_client.get(a).content.decode() for a in ("/admin/", "/admin/launch/")
    ]
    for word in ("manage.py", "check --deploy", "<code>", "make run"):
        assert not any(word in page for page in pages)


@pytest.mark.slow
def test_staff_are_shown_what_they_may_do_and_nothing_else(staff_client):
    page = staff_client.get("/admin/launch/").content.decode()
    assert "Give the hours of Fort Lee" in page and "firm’s name" not in page
    Office.objects.update(appointment_only=True)
    page = staff_client.get("/admin/launch/").content.decode()
    assert "Your part of it is done." in page and "ready for readers" not in page
    assert "Before launch" not in staff_client.get("/admin/").content.decode()


def test_who_may_do_nothing_of_it_does_not_get_there(staff_client, staff):
    staff.groups.clear()
    assert staff_client.get("/admin/launch/").status_code == 403
