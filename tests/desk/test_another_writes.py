"""SQLite has one writer at a time. While another one writes, whoever reads is served,
and whoever writes is told so in words; seen from a database in a file."""

import sqlite3
from contextlib import closing
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from lawblog.desk.locking import version_token
from lawblog.unavailable.trouble import Trouble
from offices.models import Office

READ = """
    / /posts/ /offices/ /search/?q=asylum /feed/ /sitemap.xml /nothing/
    /admin/ /admin/posts/post/ /admin/posts/post/add/ /admin/offices/office/
    /admin/offices/closure/ /admin/offices/closure/add/ /admin/record/
""".split()


@pytest.fixture
def owner(sites):
    with sites.filled("written", "sqlite"):
        # Nobody in a test waits to be told.
        connection.settings_dict["OPTIONS"]["timeout"] = 0
        connection.close()
        client = Client()
        client.force_login(User.objects.filter(is_superuser=True)[0])
        yield client


@pytest.fixture
def another(owner):
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.rollback()


@pytest.mark.slow
def test_reading_waits_for_no_writer(owner, another):
    found = {path: owner.get(path).status_code for path in READ}
    office = Office.objects.get(slug="fort-lee")
    for path in (f"/admin/offices/office/{office.pk}/change/", "/admin/offices/firm/"):
        found[path] = owner.get(path, follow=True).status_code
    assert {path for path, status in found.items() if status >= 500} == set()


def test_who_writes_is_told_and_loses_nothing(owner, another):
    office = Office.objects.get(slug="fort-lee")
    address = f"/admin/offices/office/{office.pk}/switch/"
    form = {
        "name": "appointment_only",
        "appointment_only": "on",
        "version_token": version_token(office),
    }
    answer = owner.post(address, form)
    page = unescape(answer.content.decode())
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    assert Trouble.BUSY.value in page and "Send it again" in page
    assert f'name="version_token" value="{form["version_token"]}"' in page
    another.rollback()
    assert owner.post(address, form).status_code < 400
