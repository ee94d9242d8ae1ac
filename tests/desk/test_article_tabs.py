"""The list of articles by where they stand: an address and a count each, by index."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from helpers.clock import NOON
from helpers.desk import LIST, page

from posts import publishing
from posts.desk import article_search
from posts.models import Edition, Post
from posts.models.post_queries import FOREVER
from posts.publishing import counts

pytestmark = pytest.mark.usefixtures("set_up", "clock")


@pytest.fixture
def of_each(make_post, publish, clock):
    make_post("Draft")
    make_post("Returned", returned_note="Say more.")
    make_post("Waiting", submitted_at=NOON)
    publish("Scheduled", at=NOON + timedelta(days=1))
    publish("Live")
    changing = publish("Live with an update").post
    publish(changing, at=NOON + timedelta(days=1))
    gone = publish("Withdrawn").post
    clock.shift(timedelta(minutes=1))
    publishing.withdraw(gone, by=None)
    cancelled = publish("Never readable", at=NOON + timedelta(days=1)).post
    publishing.cancel(cancelled, by=None)


IN = {
    "": {
        *("Draft", "Returned", "Waiting", "Scheduled", "Live", "Withdrawn"),
        *("Live with an update", "Never readable"),
    },
    "draft": {"Draft", "Returned", "Never readable"},
    "waiting": {"Waiting"},
    "scheduled": {"Scheduled", "Live with an update"},
    "live": {"Live", "Live with an update"},
    "withdrawn": {"Withdrawn"},
}


def listed(answer):
    return {post.title for post in answer.context["cl"].result_list}


def titles(client, stand):
    return listed(client.get(LIST, {"stand": stand} if stand else {}))


@pytest.mark.slow
def test_each_stand_has_its_address_and_its_count(attorney_client, of_each):
    for stand in IN:
        answer = attorney_client.get(f"{LIST}?stand={stand}")
        assert listed(answer) == IN[stand], stand
        shown = answer.content.decode()
        current = re.findall(
            r'<a href="([^"]*)" aria-current="page">(\w+) <span>(\d+)</span>', shown
        )
        words = stand.capitalize() or "All"
        address = f"?stand={stand}" if stand else "?"
        assert (address, words, str(len(IN[stand]))) in current


@pytest.mark.slow
def test_a_moment_that_comes_moves_an_article_by_itself(
    attorney_client, attorney, of_each, clock
):
    clock.shift(timedelta(days=1, seconds=1))
    attorney_client.force_login(attorney)
    assert titles(attorney_client, "scheduled") == set()
    assert titles(attorney_client, "live") == {
        "Live",
        "Live with an update",
        "Scheduled",
    }


@pytest.mark.slow
def test_an_end_that_was_set_for_later_comes_by_itself(attorney_client, publish, clock):
    post = publish("Live").post
    publishing.withdraw(post, by=None, at=NOON + timedelta(hours=1))
    assert titles(attorney_client, "live") == {"Live"}
    clock.shift(timedelta(hours=1))
    assert titles(attorney_client, "live") == set()
    assert titles(attorney_client, "withdrawn") == {"Live"}


@pytest.mark.slow
def test_a_search_stays_within_its_tab_and_no_tab_is_all(attorney_client, of_each):
    answer = attorney_client.get(LIST, {"stand": "live", "q": "text"})
    assert listed(answer) == IN["live"]
    assert titles(attorney_client, "walked") == IN[""]


def test_saving_words_that_are_stale_keeps_where_the_article_stands(publish, make_post):
    post = make_post("Stale")
    publish(Post.objects.get(pk=post.pk))
    post.summary = "New."
    post.save()
    post.refresh_from_db()
    assert (post.summary, post.on_site_until) == ("New.", FOREVER)


@pytest.mark.slow
def test_what_was_written_past_publishing_is_noted_again(of_each):
    noted = dict(Post.objects.values_list("title", "on_site_until"))
    Post.objects.update(on_site_until=None)
    counts.note_ends(Post.objects.all())
    assert dict(Post.objects.values_list("title", "on_site_until")) == noted
    assert noted["Never readable"] is None and noted["Withdrawn"] == NOON + timedelta(
        minutes=1
    )


@pytest.mark.slow
def test_the_count_goes_no_further_than_it_must(attorney_client, of_each, monkeypatch):
    monkeypatch.setattr(article_search, "MAX_COUNT", 2)
    assert "Draft <span>2+</span>" in page(attorney_client, LIST)


@pytest.mark.slow
def test_the_list_is_found_by_index(attorney_client):
    if connection.vendor != "sqlite":
        pytest.skip("reads what SQLite says of its way")
    call_command("sample", count=100, topics=9, verbosity=0)
    assert Edition.objects.count() == 100
    slow = r"SCAN (posts_post|posts_edition|[UVW]\d)(?! USING)"
    for stand in IN:
        found = [step for step in steps(attorney_client, stand) if re.match(slow, step)]
        assert found == [], stand


def steps(client, stand):
    """How SQLite finds what the list asks for."""
    seen = []

    def watch(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            execute(f"EXPLAIN QUERY PLAN {sql}", params, many, context)
            seen.extend(row[3] for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert client.get(LIST, {"stand": stand} if stand else {}).status_code == 200
    return seen
