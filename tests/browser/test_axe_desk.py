"""No page of the desk has a fault of ours that axe can see, in light, dark or
forced colours."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from helpers.axe import seen
from helpers.desk_pages import DESK, ENTRANCE, FACTORS, FORMS
from helpers.showing import from_npm
from helpers.signing_in import signed_in

EXCUSED = [
    # Django's tables of rows in a form begin with a column that has no name.
    ("empty-table-header", "th.original"),
    # Select2, which Django brings to choose a row of many, draws the cross that takes
    # all away between the rows of its list.
    ("list", ".select2-selection__rendered"),
    # The editor's buttons show a picture; their hidden words are not all of the name.
    ("label-content-name-mismatch", ".cke_button"),
]


def test_axe_finds_nothing_where_one_signs_in(show, whole_site):
    tab = show(Client(), from_npm("axe-core/axe.min.js"))
    assert seen(tab, ENTRANCE) == {}


def test_axe_finds_nothing_where_one_sets_up_a_second_factor(show, whole_site):
    client = signed_in(User.objects.get(is_superuser=True))
    tab = show(client, from_npm("axe-core/axe.min.js"))
    assert seen(tab, FACTORS) == {}


@pytest.mark.parametrize("pages", [DESK[:11], DESK[11:], FORMS])
def test_axe_finds_nothing_of_ours_on_a_page_of_the_desk(
    tab, attorney_client, ids, pages
):
    addresses = [page.format(**ids) for page in pages]
    assert {attorney_client.get(page).status_code for page in addresses} == {200}
    found = seen(tab, addresses, excused=EXCUSED)
    assert found == {}, "\n".join(map(str, found.items()))


def test_a_list_of_rows_says_its_name_when_it_is_open_too(tab, ids):
    tab.goto("/admin/posts/term/{term}/change/".format(**ids))
    tab.locator(".select2-selection").click()
    for role in ("searchbox", "listbox"):
        assert tab.get_by_role(role, name="Article").is_visible()
