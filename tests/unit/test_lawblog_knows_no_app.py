"""What the apps bring, they register: lawblog itself names none of them."""

import ast
import re

import pytest
from django.contrib.auth.models import AnonymousUser, User
from helpers.served import ROOT

from lawblog.media import views
from lawblog.pagecache import version

# They gather what all apps have, or are configuration.
LOOK_UP = {"settings.py", "urls.py", "site/sitemaps.py"}
APPS = re.compile(r"\b(?:posts|offices)\b")


def words_in(path):
    """The string constants of a module, without its docstrings."""
    tree = ast.parse(path.read_text())
    said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in said:
            yield str(node.value)


@pytest.mark.slow
def test_no_name_of_an_app_stands_in_lawblog():
    found = [
        (str(path.relative_to(ROOT)), words)
        for path in (ROOT / "lawblog").rglob("*.py")
        if str(path.relative_to(ROOT / "lawblog")) not in LOOK_UP
        and not {"management", "migrations"} & set(path.parts)
        for words in words_in(path)
        if APPS.search(words)
    ]
    assert found == []


def test_the_tables_of_a_registered_app_are_printed(monkeypatch):
    monkeypatch.setattr(version, "_printed_apps", set(version._printed_apps))
    assert not version.writes_printed_table("DELETE FROM django_session")
    version.register_printed_app("sessions")
    assert version.is_printed("sessions") and not version.is_printed("auth")
    assert version.writes_printed_table("DELETE FROM django_session")
    version.printed_tables.cache_clear()


@pytest.mark.parametrize("right", ["posts.change_post", "offices.change_page"])
def test_one_of_the_registered_rights_is_enough_to_upload(monkeypatch, right):
    monkeypatch.setattr(views, "_upload_rights", set())
    views.register_upload_right("posts.change_post")
    views.register_upload_right("offices.change_page")
    holder = User(username="a")
    holder._perm_cache = {right}
    assert views.may_upload(holder)
    holder._perm_cache = {"posts.view_post"}
    assert not views.may_upload(holder)
    assert not views.may_upload(AnonymousUser())
