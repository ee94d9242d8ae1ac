"""The desk walked as nobody, staff, attorney and owner: every address, by GET and by
forged POST, with numbers of its own and of other models. Only what walk_list.py names
may change."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.test import Client
from walk_addresses import Address, addresses, patterns
from walk_everything import everything
from walk_forms import nonsense
from walk_list import LISTS, allowed
from walk_roles import Outcome, Walker, forgeries, forms_of
from walk_site import site, world
from walk_state import differences, read_tables, served

__all__ = ["site", "world"]
# A stranger is shown these pages of the desk, and no other.
OPEN = {"login/", "login", "posts_post_session"}


@pytest.fixture
def walkers(world: dict) -> dict[str, Walker]:
    """{role: Walker}; the owner has been to every page, and so found every form."""
    readers, looked = served(world["telling"]), {}
    found = {
        role: Walker(role, user, readers, partial(seen_by_readers, role, user))
        for role, user in world["people"].items()
    }
    # Not sooner: signing in is a change of the account.
    before = read_tables()
    for walker in found.values():
        walker.before, walker.looked = before, looked
    for address in addresses(world):
        found["owner"].ask(address)
    return found


def seen_by_readers(
    role: str, user: User | None, address: Address, changes: set[str]
) -> bool:
    listed, readers = allowed(role, address, changes, user)
    return listed and readers


def walk(walker: Walker, forms: list, world: dict) -> list[Outcome]:
    found = [a for a in addresses(world) if walker.role == "owner" or not a.is_nowhere]
    outcomes = [walker.ask(address) for address in found]
    for address in found:
        outcomes.append(walker.ask(address, "all buttons", everything(address, world)))
    for address, form in forms:
        for what, body in forgeries(address, form, world):
            outcomes.append(walker.ask(address, what, body))
    return outcomes


def wrong(outcome: Outcome, walker: Walker) -> bool:
    listed, readers = allowed(
        outcome.role, outcome.address, set(outcome.changes), walker.user
    )
    return bool(outcome.error) or not listed or bool(outcome.pages and not readers)


def test_nothing_changes_at_the_desk_but_what_is_listed(walkers, world):
    start, readers = read_tables(), served(world["readers"])
    forms = forms_of(walkers["owner"].pages, addresses(world))
    import time
    outcomes={}
    for role, w in walkers.items():
        t=time.process_time(); outcomes[role]=walk(w, forms, world)
        with open("/tmp/progress.txt","a") as f:
            print(role, len(outcomes[role]), w.asked, time.process_time()-t, len(w.looked), file=f)
            for o in outcomes[role]:
                if wrong(o,w): print(o, file=f)
    found = [str(o) for r, w in walkers.items() for o in outcomes[r] if wrong(o, w)]
    assert not found, f"{len(found)} requests:\n" + "\n".join(found)
    strangers = {o.address.name for o in outcomes["nobody"] if o.status == 200}
    assert strangers <= OPEN
    for role, listed in LISTS.items():
        seen = {o.address.name for o in outcomes[role] if o.changes}
        assert set(listed) <= seen, f"The {role} cannot do all that is listed."
    assert not differences(start, read_tables())
    assert served(world["readers"]) == readers


def test_made_up_values_are_refused_without_an_error(walkers, world):
    forms = forms_of(walkers["owner"].pages, addresses(world))
    once = {address.name: (address, form) for address, form in reversed(forms)}
    outcomes = [
        walkers["owner"].ask(address, what, body)
        for address, form in once.values()
        for what, body in nonsense(form)
    ]
    lists = [a for a in addresses(world) if a.name.endswith("_changelist")]
    for query in ("id__regex=(", "id__in=walked", "p=walked", "id__exact=" + "9" * 30):
        for a in lists:
            outcomes.append(walkers["owner"].ask(Address(a.name, f"{a.path}?{query}", "")))
    found = [str(outcome) for outcome in outcomes if outcome.error]
    assert not found, f"{len(found)} requests:\n" + "\n".join(found)


def test_no_address_looks_a_version_up_by_its_number_alone():
    known = {"<int:pk>/undo/<int:revision>/", "<int:pk>/restore/<str:key>/"}
    routes = {route for route, _ in patterns() if "history/(" in route or "recover" in route}
    assert not routes and known


def test_pictures_that_no_public_page_shows_are_not_sent(world):
    assert [Client().get(url).status_code for url in world["hidden"]] == [404, 404]
