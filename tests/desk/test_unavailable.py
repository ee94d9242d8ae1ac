"""The desk while the database is away, busy or full: words, and nothing is lost."""

import errno
import re
import sqlite3
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection
from django.test import Client

from lawblog.media.pictures import AWAY
from lawblog.pagecache.snapshot import snapshots
from lawblog.unavailable.trouble import Trouble
from posts.models import Post

ADD = "/admin/posts/post/add/"


def fails(message, when=""):
    """A database that fails with SQLite's words at each statement with `when` in it."""

    def wrapper(execute, sql, *rest):
        if when in sql:
            raise OperationalError(message) from sqlite3.OperationalError(message)
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)


def sent_again(page):
    """{name: text} of the form on a page."""
    found = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', page, re.S)
    return {unescape(name): unescape(text) for name, text in found}


@pytest.fixture
def form(post_form):
    words = 'Typed "twice" & <b>once</b>\r\nand on a second line'
    return post_form(title="Typed", slug="typed", summary=words)


@pytest.mark.parametrize(
    "message, trouble",
    [
        ("database is locked", Trouble.BUSY),
        ("database or disk is full", Trouble.FULL),
        ("attempt to write a readonly database", Trouble.READ_ONLY),
        ("disk I/O error", Trouble.AWAY),
    ],
)
def test_a_save_that_fails_is_told_in_words_and_can_be_sent_again(
    attorney_client, form, message, trouble
):
    with fails(message, when='INTO "posts_post"'):
        answer = attorney_client.post(f"{ADD}?next=here", form)
    page = answer.content.decode()
    assert answer.status_code == 503 and "Retry-After" in answer
    assert trouble.value in unescape(page)
    assert f'action="{ADD}?next=here"' in page
    again = sent_again(page)
    assert again == {name: str(value) for name, value in form.items()}
    assert not Post.objects.exists()
    snapshots.outage.is_over()
    assert attorney_client.post(ADD, again).status_code == 302
    assert Post.objects.get().summary.splitlines() == form["summary"].splitlines()


@pytest.mark.parametrize("address", ["/admin/upload/", "/admin/posts/post/import/"])
def test_a_file_that_finds_the_disk_full_on_its_way_is_told_so(
    attorney, settings, monkeypatch, address
):
    def full(handler, *chunk):
        handler.file.close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    # Checked as in life, since that is where a form is read first.
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(attorney)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    sent = {"upload": BytesIO(b"words" * 1000)}
    answer = client.post(address, sent, headers={"X-CSRFToken": "a" * 32})
    told = unescape(answer.content.decode())
    assert AWAY in told or answer.status_code == 503 and Trouble.FULL.value in told


def test_a_form_that_comes_while_it_is_away_is_given_back(attorney_client, form):
    snapshots.outage.begin(OperationalError("gone"))
    answer = attorney_client.post(ADD, form)
    assert answer.status_code == 503
    assert sent_again(answer.content.decode())["title"] == "Typed"


def test_a_form_of_another_site_is_not_given_back(attorney, form):
    client = Client(enforce_csrf_checks=True)
    client.force_login(attorney)
    snapshots.outage.begin(OperationalError("gone"))
    answer = client.post(ADD, form)
    assert answer.status_code == 403 and b"Typed" not in answer.content


def test_no_password_is_written_into_a_page(client, set_up):
    snapshots.outage.begin(OperationalError("gone"))
    form = {"login": "sam", "password": "correct horse"}
    answer = client.post("/admin/login/", form)
    assert answer.status_code == 503
    assert b"horse" not in answer.content and b"Press" in answer.content


def test_opening_a_page_says_so_and_keeps_its_address(attorney_client):
    snapshots.outage.begin(OperationalError("gone"))
    answer = attorney_client.get("/admin/posts/post/?q=visa")
    page = answer.content.decode()
    assert answer.status_code == 503 and Trouble.AWAY.value in page
    assert 'href="/admin/posts/post/?q=visa"' in page


def test_the_editor_is_told_in_the_words_that_it_shows(attorney_client):
    snapshots.outage.begin(OperationalError("gone"))
    answer = attorney_client.post("/admin/upload/", {})
    assert answer.json() == {"uploaded": 0, "error": {"message": AWAY}}


def test_a_session_that_cannot_be_written_is_no_500(attorney_client, monkeypatch):
    """An error within a middleware, which no view sees."""
    attorney_client.raise_request_exception = False

    def locked(self, request, response):
        words = "database is locked"
        raise OperationalError(words) from sqlite3.OperationalError(words)

    monkeypatch.setattr("lawblog.middleware.Sessions.process_response", locked)
    answer = attorney_client.get("/admin/posts/post/")
    assert answer.status_code == 503
    assert Trouble.BUSY.value in answer.content.decode()


def test_a_mistake_of_ours_is_still_a_500(attorney_client, form):
    attorney_client.raise_request_exception = False
    with fails("no such column: nothing", when='INTO "posts_post"'):
        assert attorney_client.post(ADD, form).status_code == 500
