"""A site's archive, put back elsewhere, is the same site: on either database."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from helpers.sites import PICTURE

from lawblog.keeping import backup, restore
from posts.search import search

# Whole sites are written and read.
pytestmark = pytest.mark.slow

WAYS = [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite")]


def rows_in(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
    return {part["name"]: part["sha256"] for part in parts}


def pages() -> dict[str, str]:
    paths = "/ /posts/ /es/posts/ /posts/title-0/ /posts/feed/ /offices/ /sitemap.xml"
    client = Client()
    answers = {path: client.get(path) for path in paths.split()}
    assert answers["/posts/title-0/"].status_code == 200
    return {p: hashlib.sha256(a.getvalue()).hexdigest() for p, a in answers.items()}


@pytest.mark.parametrize("origin, goal", WAYS, ids=["-".join(way) for way in WAYS])
def test_a_moved_site_is_the_same_row_for_row_and_page_for_page(
    sites, tmp_path, origin, goal
):
    if not {origin, goal} <= sites.kinds:
        pytest.skip("only where PostgreSQL is tested")
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    with sites.filled("a", origin):
        backup.write_to(there)
        before = pages()
    with sites.empty("b", goal):
        done = restore.into_this_site(there)
        assert done.files_written == 1 and done.kept_as is None
        assert pages() == before
        with default_storage.open(PICTURE) as picture:
            assert picture.read() == bytes(range(256)) * 20
        assert User.objects.get(username="anna").check_password("correct horse")
        assert [e.title for e in search("quoted").editions] != []
        backup.write_to(back)
        # Sequences stand behind the last row.
        User.objects.create_user("new")
    assert rows_in(back) == rows_in(there)
