"""The desk finds articles without reading them all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.desk import article_search

LIST = "/admin/posts/post/"


def found(client, words):
    changelist = client.get(LIST, {"q": words}).context["cl"]
    return {post.title for post in changelist.result_list}


@pytest.mark.slow
def test_published_words_and_drafts_are_found(staff_client, publish, make_post):
    edition = publish("Live", body="<p>About lanterns.</p>")
    edition.post.body = "<p>About candles.</p>"
    edition.post.save()
    make_post("Draft", body="<p>About a lantern.</p>")
    make_post("Other", body="<p>About boats.</p>")
    assert found(staff_client, "lantern") == {"Live", "Draft"}
    assert found(staff_client, "candles") == {"Live"}
    assert found(staff_client, "zzz") == set()
    assert found(staff_client, " ") == {"Live", "Draft", "Other"}


def test_beyond_the_last_saved_only_what_was_published_is_found(
    staff_client, publish, make_post, monkeypatch
):
    monkeypatch.setattr(article_search, "MAX_SEARCHED_DRAFTS", 1)
    publish("Live", body="<p>About lanterns.</p>")
    make_post("Old draft", body="<p>About a lantern.</p>")
    make_post("Draft", body="<p>About a lantern.</p>")
    assert found(staff_client, "lantern") == {"Live", "Draft"}


def test_the_list_counts_no_further_than_it_must(staff_client, make_post, monkeypatch):
    monkeypatch.setattr(article_search, "MAX_COUNT", 3)
    for number in range(5):
        make_post(f"No {number}")
    with CaptureQueriesContext(connection) as queries:
        assert staff_client.get(LIST).context["cl"].result_count == 3
    counts = [q["sql"] for q in queries if "COUNT(" in q["sql"] and "post" in q["sql"]]
    assert counts and all(re.search("LIMIT [34]", sql) for sql in counts)


@pytest.mark.parametrize("words", ["'", '"', "-", "%", "a" * 5000])
def test_no_words_break_the_search(staff_client, publish, words):
    publish()
    assert staff_client.get(LIST, {"q": words}).status_code in (200, 302)
