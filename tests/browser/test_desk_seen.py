"""What holds on every page of the desk. Each is opened once and looked at in every way:
with axe, in light, dark or forced colours, on small and large screens."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from helpers import axe
from helpers.clock import NOON
from helpers.desk_pages import DESK, ENTRANCE, FACTORS, FORMS
from helpers.pressing import small, too_wide
from helpers.showing import from_npm
from helpers.signing_in import signed_in

from offices.models import Closure, Office

# What axe may find: [(rule, selector of what breaks it)].
EXCUSED = [
    # Django's tables of rows in a form begin with a column that has no name.
    ("empty-table-header", "th.original"),
    # Select2, which Django brings to choose a row of many, draws the cross that takes
    # all away between the rows of its list.
    ("list", ".select2-selection__rendered"),
    # The editor calls the body of its frame a box for text.
    ("aria-allowed-role", "iframe.cke_wysiwyg_frame"),
    # A wide table in it is reached, and read, with the cursor.
    ("scrollable-region-focusable", "iframe.cke_wysiwyg_frame"),
    # Its buttons show a picture; their hidden words are not all of the name.
    ("label-content-name-mismatch", ".cke_button"),
]
SMALL = [
    # Select2 stands in place of the field itself, which nobody can see or press.
    ".select2-hidden-accessible",
    # All of the box around it is pressed; it is as wide as what is typed.
    ".select2-search__field",
    # Django's arrows of a sorted column: its name beside them is pressed for the same
    # (WCAG 2.5.8, "equivalent").
    ".sortoptions a",
]
PHONE, DESKTOP = 390, 1280
SIGN_IN = [*ENTRANCE, *FACTORS]


@pytest.fixture
def pages(looking, request, seen):
    """The same, of every page; the first test to ask for it has them opened."""
    if not seen:
        client, ids = map(request.getfixturevalue, ("attorney_client", "ids"))
        office = Office.objects.get(pk=ids["office"])
        Closure.objects.create(office=office, first_day=NOON, last_day=NOON)
        owner = signed_in(User.objects.get(is_superuser=True))
        looked, known = {}, set()
        for who, addresses in (
            (client, [page.format(**ids) for page in [*DESK, *FORMS]]),
            (Client(), ENTRANCE),
            (owner, [*FACTORS, "/admin/account/"]),
        ):
            tab = looking(who)
            looked |= {address: look(tab, address, known) for address in addresses}
        ways = looked["/admin/"].keys()
        seen |= {way: {at: found[way] for at, found in looked.items()} for way in ways}
    return seen


def look(tab, address, known):
    tab.set_viewport_size({"width": DESKTOP, "height": 800})
    tab.told.clear()
    status = tab.goto(address).status
    if tab.locator("textarea#id_body, textarea#id_biography").count():
        tab.locator("iframe.cke_wysiwyg_frame").first.wait_for()
    found = {"status": status, "told": tab.told[:], "small": small(tab, SMALL)}
    found["axe"] = axe.looks(tab, known, EXCUSED)["axe"]
    # Whoever signs in may do so on the smallest.
    phone = 320 if address in SIGN_IN else PHONE
    found["wide"] = too_wide(tab, [(DESKTOP, 1), (phone, 1)])
    found["small on a phone"] = small(tab, SMALL)
    return found


def amiss(pages, what):
    """{address: what is wrong there}, of addresses at which something is."""
    return {address: found for address, found in pages[what].items() if found}


def test_each_page_is_there(pages):
    """Else the tests below could not fail. A link that was used is gone."""
    statuses = {at: n for at, n in pages["status"].items() if at not in ENTRANCE}
    assert set(statuses.values()) == {200} and len(statuses) > 50


def test_axe_finds_nothing_of_ours_on_a_page_of_the_desk(pages):
    from_npm("axe-core/axe.min.js")
    assert amiss(pages, "axe") == {}


def test_what_is_pressed_at_the_desk_is_no_dot(pages):
    for screen in ("small", "small on a phone"):
        found = amiss(pages, screen)
        assert {at: some for at, some in found.items() if at not in SIGN_IN} == {}


def test_no_page_of_the_desk_is_wider_than_the_screen(pages):
    assert amiss(pages, "wide") == {}


def test_no_page_of_the_desk_has_anything_to_complain_of(pages):
    """An error of a script, or a breach of the Content-Security-Policy."""
    assert amiss(pages, "told") == {}


def test_a_list_of_rows_says_its_name_when_it_is_open_too(show, attorney_client, ids):
    tab = show(attorney_client)
    tab.goto("/admin/posts/term/{term}/change/".format(**ids))
    tab.locator(".select2-selection").click()
    for role in ("searchbox", "listbox"):
        assert tab.get_by_role(role, name="Article").is_visible()
