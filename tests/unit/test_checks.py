"""No start without the editor's mitigations; a finished site has no warning."""

import os

import ckeditor
import django
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from helpers.served import helpers_too, new_site

from lawblog import checks
from lawblog.html import richtext
from lawblog.site import staticfiles

FINISH = """
import django
django.setup()
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from lawblog.notices.models import MailTrial
from offices.models import Attorney, Firm, Office, OfficeHours, Page
call_command("setup")
author = Attorney.objects.create(name="The Attorney", admissions="New Jersey")
Firm.objects.update(name="The Firm", responsible_attorney=author)
hours = {"weekday": 0, "opens": "09:00", "closes": "17:00"}
Office.objects.get(name="Fort Lee").hours.create(**hours)
Page.objects.update(reviewed=True)
call_command("housekeeping", "--now", "backup", "drill")
MailTrial.objects.create(pk=1, declined_at=timezone.now())
User.objects.filter(is_superuser=True).update(first_name="The", last_name="Attorney")
for user in User.objects.all():
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
from django.core.checks import registry
print(*(check.__module__ for check in registry.registry.get_checks()))
"""


def editor(**changes):
    """A setting of CKEDITOR_CONFIGS with changes; None takes a key out."""
    config = {**richtext.EDITOR, **changes}
    kept = {name: value for name, value in config.items() if value is not None}
    return lambda settings, monkeypatch: setattr(
        settings, "CKEDITOR_CONFIGS", {"default": kept}
    )


def without(plugin):
    plugins = richtext.EDITOR["removePlugins"].split(",")
    return editor(removePlugins=",".join(name for name in plugins if name != plugin))


def another_version(settings, monkeypatch):
    monkeypatch.setattr(ckeditor, "__version__", "6.7.5")


def the_uploader(settings, monkeypatch):
    settings.CKEDITOR_UPLOAD_PATH = "uploads/"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "ckeditor_uploader"]


def no_editor_settings(settings, monkeypatch):
    settings.CKEDITOR_CONFIGS = {}


def preview_is_served(settings, monkeypatch):
    monkeypatch.setattr(staticfiles, "DROPPED", [])


def cleaner_lets_all_through(settings, monkeypatch):
    monkeypatch.setattr(checks, "clean", lambda html: html)


def a_later_django(settings, monkeypatch):
    monkeypatch.setattr(django, "VERSION", (6, 0, 0, "final", 0))


@pytest.mark.parametrize(
    "number, undo",
    [
        (1, another_version),
        (2, the_uploader),
        *((3, without(plugin)) for plugin in sorted(checks.PLUGINS_OFF)),
        (3, editor(removePlugins=None)),
        (3, editor(extraPlugins="uploadwidget")),
        (3, no_editor_settings),
        (4, editor(allowedContent=True)),
        (4, editor(fullPage=True)),
        (4, editor(versionCheck=True)),
        (4, editor(versionCheck=None)),
        (5, preview_is_served),
        (5, cleaner_lets_all_through),
        (6, a_later_django),
    ],
)
def test_no_command_runs_where_a_check_fails(settings, monkeypatch, number, undo):
    undo(settings, monkeypatch)
    with pytest.raises(SystemCheckError, match=rf"\(lawblog.E00{number}\).*\n.*HINT: "):
        call_command("check")


def test_the_settings_as_they_are_pass(settings, capsys):
    call_command("check")
    assert "no issues (1 silenced)" in capsys.readouterr().out


@pytest.mark.slow
def test_an_unfinished_record_stops_no_other_command(set_up):
    call_command("check")


@pytest.mark.slow
def test_the_way_to_going_live_ends_without_a_warning(tmp_path, forked):
    printed = ""
    new_site(tmp_path)
    environment = {
        **helpers_too(),
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lawblog.settings",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "SITE_URL": "https://www.example.com",
        "SECRET_KEY": "not-a-secret-" * 5,
    }
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    for command in (["-c", FINISH], deploy):
        process = forked(*command, env=environment)
        assert (process.returncode, process.stderr) == (0, "")
        printed += process.stdout
    # Nothing but the app itself imports its checks here.
    assert "lawblog.checks" in printed.split()
    assert "System check identified no issues" in printed
