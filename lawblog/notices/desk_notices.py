"""The notices about the desk itself: housekeeping, the record, sign-ins, a test."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from lawblog.keeping.housekeeping import FAILED
from lawblog.keeping.models import JobRun
from lawblog.people import one_time_links
from lawblog.people.account_changed import ACCOUNT, SENTENCES
from lawblog.people.known_browsers import browser_number
from lawblog.people.one_time_links import LINK
from lawblog.records.restoring import head

from .audience import at_the_desk
from .kinds import Kind, Letter, owner, register_kind
from .letters import name_of
from .outbox import notify

TEST, LEDGER, SIGN_IN = "test", "ledger head", "sign-in"
# What people call the jobs; others go by their own name.
JOBS = {
    "record": "check of the record",
    "pictures": "check of the pictures",
    "drill": "trial of a backup",
}


def _test(person: User, about: str) -> Letter:
    return Letter(
        "Mail works",
        "You asked for a test. Mail from the desk reaches you.",
        reverse("notices"),
    )


def _job_failed(person: User, about: str) -> Letter | None:
    if not JobRun.objects.filter(name=about, failed=True).exists():
        return None
    return Letter(
        "Housekeeping failed",
        f"The last {JOBS.get(about, about)} failed. It is tried again by itself; if "
        "this goes on, tell whoever looks after the machine.",
        reverse("admin:index"),
    )


def _ledger_head(person: User, about: str) -> Letter | None:
    end = head()
    return Letter(
        "The end of the record",
        f"The record has {end['seq']:,} entries. It ends with\n\n"
        f"{end['seq']}:{end['head']}\n\n"
        "Keep this mail. It proves later that nothing before this entry was changed.",
        reverse("record"),
    )


def _signed_in(person: User, about: str) -> Letter | None:
    who = User.objects.filter(pk=about).first()
    if who is None:
        return None
    if who == person:
        return Letter(
            "Signed in from a new browser",
            "Your account was used to sign in from a browser that it was not used in "
            "before. If that was you, all is well. If not, change your password and "
            "sign out the others there.",
            reverse("mfa_index"),
        )
    return Letter(
        "Signed in from a new browser",
        f"{name_of(who)} signed in from a browser that this account was not used in "
        "before. If in doubt, ask.",
        reverse("admin:index"),
    )


def tell_of_sign_in(request: HttpRequest | None, user: User, **kwargs: object) -> None:
    """Receiver of user_logged_in. Of a new browser the owner is told, too."""
    if request and browser_number(request, user.pk):
        return
    told = at_the_desk().filter(Q(pk=user.pk) | Q(is_superuser=True))
    with transaction.atomic():
        notify(SIGN_IN, about=user, to=told)


def _account_changed(person: User, about: str) -> Letter | None:
    if about not in SENTENCES:
        return None
    return Letter(
        "Your account was changed",
        f"{SENTENCES[about]} If that was you, all is well. If not, "
        "tell a colleague at once, and change your password.",
        reverse("mfa_index"),
    )


def _password_link(person: User, about: str) -> Letter | None:
    """The link is made as the mail is written, so that its secret waits in no table."""
    if not person.is_active:
        return None
    return Letter(
        "A link to choose your password",
        "On this page you choose a password for the desk. It works once, for two days. "
        "If you did not ask for it, leave it unopened.",
        one_time_links.path(one_time_links.make(person, by="mail", beside=True)),
    )


def register_all() -> None:
    register_kind(
        Kind(LINK, "A link for your password", _password_link, is_chosen=False)
    )
    register_kind(
        Kind(ACCOUNT, "Your account was changed", _account_changed, is_chosen=False)
    )
    register_kind(Kind(TEST, "A test", _test, is_chosen=False))
    register_kind(Kind(SIGN_IN, "Somebody signed in from a new browser", _signed_in))
    register_kind(
        Kind(FAILED, "A backup, a capture or a check failed", _job_failed, may=owner)
    )
    register_kind(
        Kind(
            LEDGER,
            "A month is over: the record’s last line, to keep somewhere else",
            _ledger_head,
            may=owner,
            wanted=False,
        )
    )
