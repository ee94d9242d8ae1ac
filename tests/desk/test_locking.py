"""Whoever saves holds the row from the look at its state until the save."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lawblog.desk.locking import version_token
from offices.models import Office


@pytest.fixture(autouse=True)
def rows_can_be_locked(db):
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks the whole database for each write")


def locked_before_saved(queries, table):
    """The places of the first lock and of the first save among the queries."""
    sql = [query["sql"] for query in queries]
    of_table = f'FROM "{table}"'
    lock = next(n for n, s in enumerate(sql) if "FOR UPDATE" in s and of_table in s)
    save = next(n for n, s in enumerate(sql) if s.startswith(f'UPDATE "{table}"'))
    return lock < save


def test_a_form_locks_its_row(staff_client, make_post, post_form):
    post = make_post()
    with CaptureQueriesContext(connection) as queries:
        form = post_form(post, body="<p>Other words.</p>")
        staff_client.post(f"/admin/posts/post/{post.pk}/change/", form)
    assert locked_before_saved(queries, "posts_post")


def test_a_page_of_our_own_locks_its_row(staff_client, set_up):
    office = Office.objects.get(slug="fort-lee")
    form = {"what": "appointment", "version_token": version_token(office)}
    with CaptureQueriesContext(connection) as queries:
        staff_client.post(f"/admin/offices/office/{office.pk}/switch/", form)
    assert locked_before_saved(queries, "offices_office")
