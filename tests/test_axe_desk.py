"""No page of the desk has a fault of ours that axe can see, in light, dark or
forced colours."""

import pytest
from django.test import Client
from pages import NOW, site
from showing import from_npm, show
from test_axe import seen

from offices.models import Attorney, Firm, Office, Page
from posts.models import Post, Term

__all__ = ["show", "site"]
POST = "/admin/posts/post/{post}/"
DESK = [
    "/admin/",
    "/admin/posts/post/",
    f"{POST}publish/",
    f"{POST}history/?day=2026-11-24",
    f"{POST}compare/?before=now&after=e1",
    f"{POST}links/",
    f"{POST}return/",
    f"{POST}withdraw/",
    "/admin/posts/post/needs-review/",
    "/admin/posts/post/pictures/",
    "/admin/posts/topic/",
    "/admin/posts/term/",
    "/admin/posts/term/{term}/change/",
    "/admin/posts/series/add/",
    "/admin/offices/office/",
    "/admin/offices/office/{office}/change/",
    "/admin/offices/office/{office}/history/",
    "/admin/offices/firm/{firm}/change/",
    "/admin/offices/closure/",
    "/admin/offices/closure/suggest/",
    "/admin/offices/page/",
    "/admin/password_change/",
]
# In their own frame: the editor.
FORMS = [
    "/admin/posts/post/add/",
    f"{POST}change/",
    "/admin/offices/attorney/{attorney}/change/",
    "/admin/offices/page/{page}/change/",
]
EXCUSED = [
    # Django's search box of a list has a picture, "Search", for its label.
    ("label-title-only", "#searchbar"),
    # Django's tables of rows in a form begin with a column that has no name.
    ("empty-table-header", "th.original"),
    # Select2, which Django brings to choose a row of many, draws the cross that takes
    # all away between the rows of its list.
    ("list", ".select2-selection__rendered"),
    # The editor's buttons show a picture; their hidden words are not all of the name.
    ("label-content-name-mismatch", ".cke_button"),
]


@pytest.fixture
def ids(site):
    """What stands in the braces; an article that was changed after it went live."""
    post = Post.objects.get(title="A title")
    post.body += "<p>We guarantee success.</p>"
    post.submitted_at = NOW
    post.save()
    rows = [m.objects.first() for m in (Office, Firm, Attorney, Page, Term)]
    return {row._meta.model_name: row.pk for row in (post, *rows)}


@pytest.fixture
def tab(show, attorney_client):
    return show(attorney_client, from_npm("axe-core/axe.min.js"))


def test_axe_finds_nothing_where_one_signs_in(show, site):
    tab = show(Client(), from_npm("axe-core/axe.min.js"))
    assert seen(tab, ["/admin/login/"]) == {}


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
        assert tab.get_by_role(role, name="Article:").is_visible()
