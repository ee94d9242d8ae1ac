"""What the pages of law ask of a database with many articles: each question is answered
by an index, in its order."""

import pytest
from django.db import connection
from django.utils import timezone

from posts.law import affected, articles_by_law
from posts.models import EditionDeadline, LawNotice
from posts.public import law

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL plans by what it holds"
    ),
]
KEY = "usc.8.1182"


# What ANALYZE finds where all of 100,000 articles rest on the same few authorities.
MANY = """
    posts_edition edition_newest_in_language 102000 51000 51 1 1 1 1
    posts_edition edition_oldest_law 102000 51 1
    posts_edition edition_live_until 102000 102000
    posts_edition edition_live_from 102000 51
    posts_edition edition_newest_first 102000 51 1
    posts_edition posts_edition_post_id_1d7378a5 102000 1
    posts_edition edition_number 102000 1 1
    posts_editionauthority authority_newest_first 238000 79334 39667 40 1
    posts_editionauthority authority_oldest_law 238000 79334 40 1
    posts_editionauthority posts_editionauthority_edition_id_38237083 238000 3
    posts_editionauthority sqlite_autoindex_posts_editionauthority_1 238000 3 1
"""


@pytest.fixture(autouse=True)
def many(db):
    forget = "DELETE FROM sqlite_stat1 WHERE tbl LIKE 'posts_edition%'"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(forget)
        rows = [row.split(maxsplit=2) for row in MANY.strip().splitlines()]
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_schema")
        yield
        cursor.execute(forget)
        cursor.execute("ANALYZE sqlite_schema")


def steps(ask):
    """How SQLite finds what is asked for."""
    seen = []

    def watch(execute, sql, params, many, context):
        if sql.startswith(("SELECT", "WITH")):
            execute(f"EXPLAIN QUERY PLAN {sql}", params, many, context)
            seen.extend(row[3] for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        ask()
    return seen


def unreviewed():
    notice = LawNotice(key=KEY, live_from=timezone.now(), spared=[])
    notice.last_review = notice.last_edition = 0
    return list(affected.unreviewed_since(notice)[:201])


@pytest.mark.parametrize(
    "ask, index",
    [
        (lambda: list(articles_by_law.resting_on(KEY)[:201]), "authority_oldest_law"),
        (lambda: list(articles_by_law._oldest(KEY)), "authority_oldest_law"),
        (lambda: list(law.articles_on(KEY)[:51]), "authority_newest_first"),
        (lambda: law.is_rested_on(KEY), "authority_newest_first"),
        (unreviewed, "authority_oldest_law"),
    ],
)
def test_an_authority_is_read_by_its_index_and_never_sorted(ask, index):
    found = steps(ask)
    assert any(index in step for step in found)
    assert not [step for step in found if step.startswith(("SCAN", "USE TEMP"))]


def test_counts_are_corrected_by_the_few_that_begin_or_end():
    found = steps(lambda: articles_by_law.most_used())
    of_editions = [step for step in found if "posts_edition " in step]
    assert ["live_from>" in of_editions[0], "live_until>" in of_editions[1]] == [
        True,
        True,
    ]


def test_deadlines_are_found_by_their_day():
    day = timezone.localdate()
    found = steps(lambda: list(EditionDeadline.objects.live(day, day)[:10]))
    assert any("edition_deadline_day" in step for step in found)
    assert not any(step.startswith("SCAN") for step in found)
