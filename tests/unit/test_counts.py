"""Lists know how many articles there are without counting them."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from helpers.clock import NOON

from posts import publishing
from posts.models import ArticleCount, Edition, EditionTopic, Post, Topic
from posts.public import lists
from posts.public.live_counts import LiveCounts
from posts.publishing import counts
from posts.publishing.merging import merge

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def counted():
    """What counting the live editions one by one gives, as Live has it."""
    found = Counter()
    for edition in Edition.objects.live():
        month = edition.published_on.replace(day=1)
        for topic in [None, *edition.topics.values_list("pk", flat=True)]:
            found[topic, edition.language, month] += 1
    return found


def known():
    found = Counter()
    for topic in [None, *Topic.objects.all()]:
        live = LiveCounts(topic)
        for language in ("en", "es"):
            under = topic and topic.pk
            for month, number in live.months(language, under):
                found[under, language, month] = number
    return found


def again(post, **options):
    post.body += "<p>More.</p>"
    post.save()
    return publishing.publish(post, by=None, **options)


def update_at_one(post):
    again(post, at=NOON + HOUR)


def withdrawal_at_one(post):
    publishing.withdraw(post, by=None, at=NOON + HOUR)


def update_called_off(post):
    update_at_one(post)
    publishing.cancel(post, by=None)


def withdrawal_called_off(post):
    withdrawal_at_one(post)
    publishing.cancel(post, by=None)


def another_month(post):
    post.published_on = date(2024, 2, 29)
    again(post)


def another_topic(post):
    post.topics.set([Topic.objects.create(name="Travel", slug="travel")])
    again(post)


def update_with_another_topic_at_one(post):
    post.topics.set([Topic.objects.create(name="Travel", slug="travel")])
    update_at_one(post)


def no_topic(post):
    post.topics.clear()
    again(post)


def another_language(post):
    post.language = "es"
    again(post)


def merged(post):
    into = Topic.objects.create(name="Refugees", slug="refugees", is_public=True)
    merge(Topic.objects.get(name="Asylum"), into=into)


STORIES = [
    again,
    update_at_one,
    lambda post: publishing.withdraw(post, by=None),
    withdrawal_at_one,
    update_called_off,
    withdrawal_called_off,
    another_month,
    another_topic,
    update_with_another_topic_at_one,
    no_topic,
    another_language,
    merged,
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_is_known_is_what_counting_gives_before_and_after(publish, clock, story):
    publish("A neighbour", topics=["Asylum", "Visas"])
    publish("Uno", language="es", topics=["Asylum"])
    edition = publish("The one", topics=["Asylum", "Visas"])
    story(Post.objects.get(pk=edition.post_id))
    assert known() == counted()
    clock.shift(2 * HOUR)
    assert known() == counted()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_counting_anew_changes_nothing(publish, story):
    publish("A neighbour", topics=["Asylum", "Visas"])
    story(publish("The one", topics=["Asylum"]).post)
    before = rows()
    counts.recount()
    assert rows() == before


def rows():
    return set(
        ArticleCount.objects.exclude(count=0).values_list(
            "topic", "language", "month", "count"
        )
    )


def test_what_is_scheduled_counts_from_its_moment(publish, clock):
    publish(at=NOON + HOUR)
    assert not known()
    clock.shift(HOUR)
    assert known() == {(None, "en", date(2026, 11, 1)): 1}


def test_a_failed_publication_leaves_the_tallies(make_post):
    post = make_post(body="")
    with pytest.raises(ValidationError):
        publishing.publish(post, by=None)
    assert not ArticleCount.objects.exists()


def test_a_filing_carries_what_its_edition_says(publish):
    edition = publish(topics=["Asylum"], published_on=date(2020, 5, 4), language="es")
    visas = Topic.objects.create(name="Visas", slug="visas")
    edition.topics.add(visas)
    assert set(EditionTopic.objects.values_list("language", "published_on")) == {
        ("es", date(2020, 5, 4))
    }


def titles(client, address):
    page = client.get(address).content.decode()
    return re.findall(r'<h3><a href="[^"]*">(.*?)</a></h3>', page)


LISTS = ["/posts/", "/posts/topics/asylum/", "/posts/2025/"]
SKIPPED = [1, lists.MAX_ROWS_SKIPPED]


def test_every_article_is_on_one_page_in_order(set_up, client, publish, monkeypatch):
    days = [date(2025, 12 - number // 4, 28 - number) for number in range(25)]
    for number in [*range(1, 25, 2), *range(0, 25, 2)]:
        topics = ["Asylum", "Visas"]
        publish(f"No {number}", topics=topics, published_on=days[number])
    publish("Otro", language="es", topics=["Asylum"], published_on=days[3])
    for address, skipped in product(LISTS, SKIPPED):
        monkeypatch.setattr(lists, "MAX_ROWS_SKIPPED", skipped)
        found = [titles(client, f"{address}?page={page}") for page in (1, 2, 3)]
        assert list(map(len, found)) == [10, 10, 5], (address, skipped)
        assert sum(found, []) == [f"No {number}" for number in range(25)]
        assert "Page 3 of 3" in client.get(f"{address}?page=last").content.decode()
        for page in ("0", "-1", "4", "99999999", "9" * 30, "x", "1.5"):
            assert client.get(f"{address}?page={page}").status_code == 404, page


def test_articles_of_one_day_are_on_one_page_each(set_up, client, publish, monkeypatch):
    for number in range(22):
        publish(f"No {number}", published_on=date(2025, 5, 5))
    publish("Before", published_on=date(2025, 5, 4))
    for skipped in SKIPPED:
        monkeypatch.setattr(lists, "MAX_ROWS_SKIPPED", skipped)
        found = [titles(client, f"/posts/?page={page}") for page in (1, 2, 3)]
        assert sum(found, []) == [*(f"No {n}" for n in range(21, -1, -1)), "Before"]


def test_a_deep_page_skips_no_more_than_a_month(set_up, client, publish):
    for number in range(24):
        publish(
            f"No {number}", published_on=date(2024 + number // 12, 1 + number % 12, 9)
        )
    with CaptureQueriesContext(connection) as queries:
        assert len(titles(client, "/posts/?page=3")) == 4
    assert not any("OFFSET" in query["sql"] for query in queries)


IN_ORDER = {
    "in_language": lambda: Edition.objects.in_language("es").newest_first()[:10],
    "filing_newest_first": lambda: EditionTopic.objects.filter(
        topic=1, language="en"
    ).order_by("-published_on", "-edition_id")[:10],
    "post_last_saved": lambda: Post.objects.order_by("-updated_at", "-pk")[:10],
}


def test_lists_are_read_in_order_from_an_index(publish):
    for number in range(30):
        publish(f"No {number}", language="en" if number % 10 else "es")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # With a handful of rows it would rather read them all and sort them;
            # what no index gives in order it sorts even so.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    for index, rows in IN_ORDER.items():
        plan = rows().explain()
        assert index in plan
        assert "TEMP B-TREE" not in plan and "Sort" not in plan
