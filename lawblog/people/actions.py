"""The actions on the page People. Each runs in a transaction that locks all accounts,
and is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from lawblog.records.ledger import append

from . import one_time_links, second_factors, sessions
from .account_changed import FACTOR, tell
from .accounts import name_of
from .roles import ATTORNEY, STAFF, give, is_last_attorney, may_give, role_of


class Refused(Exception):
    """Nothing was done; says why."""


@dataclass(frozen=True)
class Done:
    """A sentence on what was done, and the address of a link to hand over, or ""."""

    sentence: str
    link: str = ""


@dataclass(frozen=True)
class Case:
    doer: User
    person: User
    everyone: list[User] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.person)

    def keep_an_attorney(self) -> None:
        if is_last_attorney(self.person, self.everyone):
            raise Refused(
                f"{self.name} is the last attorney: nobody could approve anything any "
                "more. Make somebody else an attorney first."
            )


def make_attorney(case: Case) -> Done:
    return _role(case, ATTORNEY)


def make_staff(case: Case) -> Done:
    case.keep_an_attorney()
    if case.person.is_superuser:
        raise Refused(f"{case.name} is an owner. Have ownership handed over first.")
    return _role(case, STAFF)


def _role(case: Case, role: str) -> Done:
    if role not in may_give(case.doer):
        raise Refused("Only the owner makes somebody an attorney.")
    give(case.person, role)
    words = "an attorney" if role == ATTORNEY else "staff"
    return Done(f"{case.name} is {words} now, from the next page they open.")


def close(case: Case) -> Done:
    """Out at once: the next request of any browser finds nobody signed in."""
    case.keep_an_attorney()
    case.person.is_active = False
    case.person.save(update_fields=["is_active"])
    sessions.end_all(case.person)
    one_time_links.end_all(case.person)
    return Done(f"{case.name} can no longer sign in, and is signed out everywhere.")


def reopen(case: Case) -> Done:
    case.person.is_active = True
    case.person.save(update_fields=["is_active"])
    if case.person.has_usable_password():
        return Done(f"{case.name} can sign in again, with the password of before.")
    return new_link(case)


def reset(case: Case) -> Done:
    count = second_factors.reset(case.person)
    sessions.end_all(case.person)
    append("second factor reset", {"account": case.person.pk, "count": count})
    tell(case.person, FACTOR)
    return Done(
        f"{case.name} has no second factor now, is signed out everywhere and sets up "
        "a new one at the next sign-in. Tell them to delete the old one on their phone."
    )


def new_link(case: Case) -> Done:
    if not case.person.is_active:
        raise Refused(f"{case.name} is closed. Open the account again first.")
    address = one_time_links.address(one_time_links.make(case.person))
    if one_time_links.invited(case.person):
        words = f"A link is on its way to {case.name}. This one works as well:"
        return Done(words, address)
    return Done(f"A link for {case.name}. Copy it, and send it to them:", address)


def hand_over(case: Case) -> Done:
    """The doer stays an attorney."""
    if not case.doer.is_superuser:
        raise Refused("Only the owner hands ownership over.")
    if role_of(case.person) != ATTORNEY or not case.person.is_active:
        raise Refused(f"{case.name} is no attorney. Make them one first.")
    if not case.person.has_usable_password():
        raise Refused(f"{case.name} has never signed in. Hand over when they have.")
    for user, owns in ((case.person, True), (case.doer, False)):
        user.is_superuser = owns
        user.save(update_fields=["is_superuser"])
    give(case.doer, ATTORNEY)
    append("ownership handed over", {"from": case.doer.pk, "to": case.person.pk})
    return Done(f"{case.name} is the owner now, and you are an attorney.")


Act = Callable[[Case], Done]
ACTS: dict[str, Act] = {
    "make-attorney": make_attorney,
    "make-staff": make_staff,
    "close": close,
    "reopen": reopen,
    "reset": reset,
    "link": new_link,
    "hand-over": hand_over,
}
# Only another owner takes it back: what was shown for something else is not enough.
ASKED_EACH_TIME = {"hand-over"}
