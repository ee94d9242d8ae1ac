"""The search index: what it holds, and how the databases are asked."""

import re
from datetime import date
from itertools import product

import pytest
from django.core.management import call_command
from django.db import connection
from helpers.clock import NOON
from helpers.searching import titles

from posts import publishing
from posts.models import Edition, Post
from posts.search import index, query, search, suggest

pytestmark = pytest.mark.usefixtures("clock")


def test_a_failed_publication_leaves_no_trace_in_the_index(publish, monkeypatch):
    # A test with a server may have left something, which no flush knows of.
    before = indexed()
    monkeypatch.setattr(
        "posts.publishing.publication.index.add", lambda editions: 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        publish("Asylum")
    assert not Edition.objects.exists() and indexed() == before


def indexed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM posts_search")
        return cursor.fetchone()[0]


def test_rebuilding_indexes_what_came_past_publishing(publish, capsys):
    edition = publish("Asylum")
    Edition.objects.bulk_create(
        Edition(
            post=Post.objects.create(title="t", slug=f"bulk-{number}"),
            number=1,
            title=f"Bulk {number}",
            slug=f"bulk-{number}",
            published_on=date(2026, 1, 1),
            modified_at=NOON,
            approved_at=NOON,
            live_from=NOON,
        )
        for number in range(3)
    )
    assert titles("bulk") == []
    for _ in range(2):
        call_command("rebuild_search")
        assert capsys.readouterr().out == "4 editions indexed.\n"
        assert len(titles("bulk")) == 3 and titles("asylum") == [edition.title]


@pytest.mark.slow
def test_set_up_indexes_articles_that_have_no_index_yet(publish, set_up, capsys):
    publish("Asylum")
    index.rebuild(Edition.objects.none())
    assert titles("asylum") == []
    call_command("setup")
    assert "1 edition indexed." in capsys.readouterr().out
    assert titles("asylum") == ["Asylum"]
    call_command("setup")
    assert "indexed" not in capsys.readouterr().out


def test_indexing_again_changes_nothing(publish):
    edition = publish("Asylum")
    index.add([edition])
    assert titles("asylum") == ["Asylum"]


def test_no_trigger_fills_the_index(db):
    """SQLite copies a table to change it, and drops the triggers that hang on it. Only
    the record's are put back afterwards."""
    name, where = {"sqlite": ("name", "sqlite_master WHERE type = 'trigger'")}.get(
        connection.vendor, ("tgname", "pg_trigger WHERE NOT tgisinternal")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {where}")  # noqa: S608 - our own words
        names = [name for (name,) in cursor.fetchall()]
    assert [name for name in names if not name.startswith("record_guard_")] == []


FILTERED = [
    ({"topic": "visas"}, [3, 1]),
    ({"topic": "courts"}, [4, 0]),
    ({"year": 2025}, [1, 0]),
    ({"year": 2026}, [4, 3]),
    ({"year": 1999}, []),
    ({"language": "es"}, [1]),
    ({"topic": "visas", "year": 2025, "language": "es"}, [1]),
    ({"topic": "courts", "year": 2025, "language": "es"}, []),
]


@pytest.mark.slow
def test_filters_find_the_same_however_many_articles_they_leave(publish, monkeypatch):
    for number in range(6):
        text = "asylum law" if number != 2 else "nothing here"
        publish(
            f"Number {number}",
            body=f"<p>{text}</p>",
            topics=["Visas" if number % 2 else "Courts"],
            published_on=date(2025 + number // 3, 1, 1),
            language="es" if number == 1 else "en",
        )
    publishing.withdraw(Edition.objects.get(title="Number 5").post, by=None)
    monkeypatch.setattr("posts.search.MAX_CANDIDATES", 2)
    for few in (0, 1, 50):
        monkeypatch.setattr("posts.search.filters.MAX_IDS", few)
        for asked, found in FILTERED:
            expected = {f"Number {number}" for number in found}
            assert set(titles("asylum", **asked)) == expected, (few, asked)
        assert search("asylum").is_capped
        assert set(titles("asylum")) == {"Number 4", "Number 3"}


def plans(asked, **filters):
    """How the database would answer each query on the index that search() makes."""
    seen = []

    def watch(execute, sql, params, many, context):
        if "found" in sql:
            how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            execute(f"{how} {sql}", params, many, context)
            seen.append(str(context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        search(asked, **filters)
    return seen


@pytest.mark.parametrize("asked", ["asylum", '"asylum law"', "asylum -nothing"])
@pytest.mark.parametrize("year", [None, 2026])
def test_the_index_answers_from_the_newest_and_articles_are_looked_at_one_by_one(
    publish, asked, year
):
    for number in range(3):
        publish(f"Number {number}", body="<p>Asylum law</p>")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (plan,) = plans(asked, year=year)
    if connection.vendor == "sqlite":
        assert "SCAN posts_search VIRTUAL TABLE" in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan
        assert "MATERIALIZE found" not in plan
        assert "SEARCH U0" in plan or "SEARCH posts_edition USING" in plan
        return
    assert "Bitmap Index Scan on posts_search_words" in plan
    assert "Seq Scan on posts_" not in plan
    # Nothing is sorted between this and the limit, which can thus stop it.
    found = "CTE Scan on found " if '"' in asked else "Subquery Scan on found "
    assert re.search(rf"'( *->  )?Limit [^']*',\), \(' *->  {found}", plan)
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)


@pytest.mark.slow
def test_blocks_of_the_index_hide_nothing(publish, monkeypatch):
    """PostgreSQL is asked for some of the newest, then for some more."""
    monkeypatch.setattr("posts.search.postgresql.WINDOW_BLOCKS", (1, 2, 4))
    for number in range(20):
        publish(
            f"No {number}", body="<p>asylum law</p>" if number % 3 else "<p>No.</p>"
        )
    publishing.withdraw(Post.objects.get(title="No 19"), by=None)
    live = Edition.objects.live().order_by("-pk")
    held = [e.pk for e in live if "asylum" in e.body]
    among = live.filter(pk__lt=held[2]).values("pk")
    for bits in (0, 1, 3, 12):
        monkeypatch.setattr("posts.search.postgresql.BLOCK_BITS", bits)
        index.rebuild(Edition.objects.all())
        for text, wanted in product(
            ("asylum", '"asylum law"', "asylum -nothing"), (1, 4, 7, 50)
        ):
            asked = query.parse(text)
            for these, expected in ((None, held), (among, held[3:])):
                found = index.newest(asked, live, wanted, these)
                assert found == (expected[:wanted], len(expected) < wanted), bits
        assert index.words_of(held[:1])[held[0]] >= {"asylum", "law"}
        assert not any("#" in word for word in index.words_of(held[:1])[held[0]])


def test_the_words_to_compare_are_as_many_on_every_database(publish):
    words = [f"w{number}x" for number in range(query.BEGINNING_WORDS)]
    edition = publish("Title", summary="Summary.", body=f"<p>{' '.join(words)}</p>")
    # What stands before the text, and what keeps it apart.
    left = query.BEGINNING_WORDS - 2 - 2 * query.FIELD_GAP_WORDS
    told = index.words_of([edition.pk])[edition.pk]
    assert told == {"titl", "summari", *words[:left]}


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [(), (1, 2)])
def test_a_phrase_is_looked_up_in_so_many_texts_and_the_page_says_so(
    publish, client, monkeypatch, blocks
):
    monkeypatch.setattr("posts.search.postgresql.BLOCK_BITS", 1)
    monkeypatch.setattr("posts.search.postgresql.WINDOW_BLOCKS", blocks)
    monkeypatch.setattr("posts.search.postgresql.MAX_CHECKED", 4)
    for number in range(9):
        text = "asylum law" if number in (3, 4, 6) else "law of asylum"
        publish(f"No {number}", body=f"<p>{text}</p>")
    if connection.vendor == "sqlite":
        # Its index knows the order of words.
        assert titles('"asylum law"') == ["No 6", "No 4", "No 3"]
        return
    assert titles('"asylum law"') == ["No 6"]
    assert search('"asylum law"').is_capped
    page = client.get("/search/?q=%22asylum+law%22").content.decode()
    assert "1 of the newest articles; there may be older ones." in page
    for narrowed in ("", "&language=en"):
        page = client.get(f"/search/?q=%22law+asylum%22{narrowed}").content.decode()
        assert "We did not search the older ones" in page
        assert ("Search all articles" in page) is bool(narrowed)
    # A rarer word leaves fewer, of which all are looked up.
    assert titles('"asylum law" 3') == ["No 3"]
    assert not search('"asylum law" 3').is_capped


def test_words_beyond_those_that_it_is_ordered_by_must_be_there_too(
    publish, monkeypatch
):
    for backend in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"posts.search.{backend}.MAX_RANKED_WORDS", 1)
    publish("Law", body="<p>asylum law seeker</p>")
    publish("Asylum", body="<p>asylum law</p>")
    assert titles("asylum law") == ["Asylum", "Law"]
    assert titles("asylum law seeker") == ["Law"]
    assert titles("asylum law -seeker -nothing") == ["Asylum"]
    assert titles("asylum -seeker -law") == []


def test_a_word_of_the_newest_articles_is_known_without_asking_for_all(
    publish, monkeypatch
):
    publish("Zebra", summary="Z")
    publish("Asylum", summary="Z")
    monkeypatch.setattr("posts.search.suggest.NEWEST_EDITIONS", 1)
    asked, look = [], suggest.newest
    monkeypatch.setattr(
        suggest,
        "newest",
        lambda words, live, wanted: (
            asked.append(words.stems()) or look(words, live, wanted)
        ),
    )
    assert search("asylum zebr").suggestion is None
    assert asked and not any("asylum" in words and len(words) < 3 for words in asked)


def test_of_more_words_than_an_index_can_hold_the_beginning_is_found():
    many, usual = [f"{number:09}" for number in range(130_000)], ["law"] * 40_000
    parts = index.beginning_of([["title"], usual, many, ["after"]])
    assert parts[:2] == [["title"], usual] and parts[3] == []
    assert len(parts[2]) > 50_000 and parts[2] == many[: len(parts[2])]
    # As PostgreSQL counts: the word, to an even length, how many places, and these.
    different = {word for part in parts for word in part}
    places = sum(map(len, parts))
    assert sum(len(word) + 3 for word in different) + 2 * places < 2**20
