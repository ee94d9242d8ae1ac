"""The desk walked as nobody, staff, attorney and owner: every address, by GET and by
forged POST, with numbers of its own and of other models. Only what is listed in
helpers/walk/listed.py may change."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from helpers.walk.addresses import Address, addresses
from helpers.walk.everything import everything
from helpers.walk.forms import nonsense
from helpers.walk.listed import ATTORNEY, LISTS, OWNER, STAFF, allowed
from helpers.walk.state import differences, read_tables, served, tables_read
from helpers.walk.walker import (
    Outcome,
    Walker,
    forgeries,
    forms_of,
    one_of_each,
    remember_people,
)

from lawblog import urls
from lawblog.desk import not_allowed
from lawblog.keeping import requested_jobs

# A stranger is shown these pages of the desk, and no other.
OPEN = {"account_login", "login", "posts_post_session"}
OPEN |= {"account_reset_password"}
# Signing out has something to write; so has what begins a ceremony, into the session,
# and what is shown once.
WRITES = {"logout", "mfa_login_webauthn", "mfa_add_webauthn", "mfa_activate_totp"}
WRITES |= {"mfa_reauthenticate_webauthn", "mfa_view_recovery_codes"}


@pytest.fixture
def walkers(world: dict, monkeypatch: pytest.MonkeyPatch) -> dict[str, Walker]:
    """{role: Walker}; the owner has been to every page, and so found every form."""
    # Our pages that say no have their own tests; here they would be most of the time.
    for status in (403, 404):
        answer = partial(say_no, status)
        monkeypatch.setattr(urls, f"handler{status}", answer, raising=False)
    monkeypatch.setattr(not_allowed, "framed_page", lambda *a, **k: HttpResponse())
    # What it starts would work on another database.
    monkeypatch.setattr(requested_jobs, "start", lambda job: None)
    readers, reads = served(world["telling"]), tables_read(world["telling"])
    unseen: set[str] = set()
    found = {
        role: Walker(role, user, readers, partial(may_be_seen, role, user))
        for role, user in world["people"].items()
    }
    # Not sooner: signing in is a change of the account.
    before = read_tables()
    remember_people(monkeypatch)
    for walker in found.values():
        walker.before, walker.reads, walker.unseen = before, reads, unseen
    return found


def say_no(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


def may_be_seen(
    role: str, user: User | None, address: Address, changes: set[str]
) -> bool:
    listed, readers = allowed(role, address, changes, user)
    return listed and readers


def walk(walker: Walker, forms: list, bodies: dict, world: dict) -> list[Outcome]:
    """bodies: {address: what to send there where no page has a form}. The owner, who
    may do everything, has asked for each page already, alone tries numbers that are
    nowhere, and sends one form of each kind that the attorney may send, too."""
    is_owner, outcomes = walker.role == "owner", []
    for address, body in bodies.items():
        if not is_owner and not address.is_nowhere:
            outcomes.append(walker.ask(address))
        if body and is_owner == address.is_nowhere:
            outcomes.append(walker.ask(address, "all buttons", body))
    for address, form in one_of_each(forms, but=OWNER) if is_owner else forms:
        for what, body in forgeries(address, form, world):
            outcomes.append(walker.ask(address, what, body))
    return outcomes


def made_up(owner: Walker, forms: list, found: list) -> list[Outcome]:
    """Numbers and days that cannot be, in each kind of form and in lists' queries."""
    once = {address.name: (address, form) for address, form in reversed(forms)}
    asked = [(a, *body) for a, form in once.values() for body in nonsense(form)]
    lists = [a for a in found if a.name.endswith("_changelist")]
    queries = "id__regex=(", "id__in=walked", "p=walked", "id__exact=" + "9" * 30
    for query in queries:
        asked += [(Address(a.name, f"{a.path}?{query}", ""),) for a in lists]
    return [owner.ask(*each) for each in asked]


def wrong(outcome: Outcome, walker: Walker) -> bool:
    changes = set(outcome.changes)
    listed, readers = allowed(outcome.role, outcome.address, changes, walker.user)
    return bool(outcome.error) or not listed or bool(outcome.pages and not readers)


@pytest.mark.slow
def test_nothing_changes_at_the_desk_but_what_is_listed(walkers, world):
    """Nor does reading begin a transaction, for which it would wait while somebody
    saves; values that are made up are refused without an error, and pictures that no
    public page shows are not sent."""
    before, owner, found = served(world["readers"]), walkers["owner"], addresses(world)
    outcomes = {"owner": [owner.ask(a) for a in found]}
    began = [o for o in outcomes["owner"] if o.began and o.address.name not in WRITES]
    assert not began, "\n".join(f"{o}: {o.began}" for o in began)
    forms = forms_of(owner.pages, found)
    have_one = {address for address, _ in forms}
    bodies = {a: a not in have_one and everything(a, world) for a in found}
    for role, walker in walkers.items():
        outcomes.setdefault(role, []).extend(walk(walker, forms, bodies, world))
    wrongs = [str(o) for r, w in walkers.items() for o in outcomes[r] if wrong(o, w)]
    for role, listed in {**LISTS, "attorney": {**STAFF, **ATTORNEY}}.items():
        seen = {o.address.name for o in outcomes[role] if o.changes}
        wrongs += [f"{role}: {name} changes nothing" for name in set(listed) - seen]
    shown = {o.address.name for o in outcomes["nobody"] if o.status == 200}
    wrongs += [f"nobody: {name} is shown to strangers" for name in shown - OPEN]
    wrongs += [str(o) for o in made_up(owner, forms, found) if o.error]
    assert not wrongs, f"{len(wrongs)} findings:\n" + "\n".join(wrongs)
    assert not differences(owner.before, read_tables())
    assert served(world["readers"]) == before
    # Of an article that was withdrawn, and of none.
    hidden = {before[url].partition(" ")[0] for url in world["hidden"]}
    assert hidden == {"404"}
