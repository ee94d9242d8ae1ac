"""What readers find, on either database, and what they never do."""

import logging
import sqlite3
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import OperationalError, connection
from helpers.clock import NOON
from helpers.searching import titles

from lawblog.html.richtext import to_text
from posts import publishing
from posts.models import Post
from posts.search import (
    MAX_CANDIDATES,
    SearchFailed,
    post_ids,
    query,
    search,
)

pytestmark = pytest.mark.usefixtures("clock")
LONG = "asylum " * 1500
ODD = [
    *("", "   ", "!!!", '"', '""', '"asylum', 'a"b"c', "-", "--", '-"', "-asylum"),
    *("asylum AND", "NEAR(", "asylum*", "title:asylum", "^asylum", "NOT", "OR OR"),
    *("'; DROP TABLE posts_edition; --", "a & | ! <-> b:*", "(((", "\\", "'asylum'"),
    *(
        "😀",
        "اللجوء",
        "مُحَامٍ",
        "убежище",
        "移民律师",
        "ﷺ",
        "½",
        "⑴",
        "ß",
        "İ",
        "e\u0301",
    ),
    *("a\x00b", "\x00", "%", "_", "\ud800", "a" * 10_000, LONG, '"' * 999, "-x " * 99),
]


@pytest.mark.parametrize(
    "text, language, asked, found",
    [
        ("Immigrants were detained", "en", "immigrant", True),
        ("Immigrants were detained", "en", "detaining", True),
        ("The attorney’s letter", "en", "attorneys", True),
        ("Solicitudes de asilo", "es", "solicitud", True),
        ("Las detenciones", "es", "detencion", True),
        ("Información", "es", "INFORMACIONES", True),
        ("Asílo", "es", "asilo", True),
        ("Asilo", "es", "asílo", True),
        ("Form I-130", "en", "i130", True),
        ("Form I-130", "en", "I-130", True),
        ("A green card", "en", '"green card"', True),
        ("A card that is green", "en", '"green card"', False),
        ("A card that is green", "en", "green card", True),
        ("A green card", "en", "“green card”", True),
        ("A non-immigrant visa", "en", '"non immigrant"', True),
        ("Visa", "en", "visa -student", True),
        ("Student visa", "en", "visa -student", False),
        ("Student visa", "en", "visa -students", False),
        ("Visa for a student", "en", 'visa -"student visa"', True),
        ("Green cards", "en", "how do I get a green card", True),
        ("Visa", "en", "visa asylum", False),
        ("Tom & Jerry", "en", "amp", False),
        ("Право на убежище", "en", "УБЕЖИЩЕ", True),
        ("移民律师事务所", "en", "律师", True),
        ("移民律师事务所", "en", "师律", False),
        ("مُحَامٍ", "en", "محام", True),
        ("Cafe\u0301", "en", "café", True),
    ],
)
def test_words_are_found_as_readers_type_them(publish, text, language, asked, found):
    body = f"<p>{text.replace('&', '&amp;')}</p>"
    publish("Z", slug="z", summary="Z", body=body, language=language)
    assert titles(asked) == (["Z"] if found else [])


def test_the_title_outweighs_the_text_also_beside_an_exclusion(publish):
    text = f"<p>{'asylum ' * 5}{'filler ' * 20}</p>"
    publish("Something else", summary="Z", body=text)
    publish("Asylum", summary="Z", body=f"<p>{'filler ' * 25}</p>")
    publish("Another thing", summary="Z", body=text)
    for asked in ("asylum", "asylum -student"):
        assert titles(asked)[0] == "Asylum" and len(titles(asked)) == 3


def test_a_topic_of_drafts_alone_is_an_unknown_filter(publish, make_post):
    publish("Asylum")
    make_post("A draft", topics=["Secret"])
    assert search("asylum", topic="secret").filters.left_out


def test_of_two_that_match_alike_the_later_comes_first(publish):
    for day in (2, 3, 1):
        publish(f"Asylum {day}", published_on=date(2026, 1, day))
    assert titles("asylum") == ["Asylum 3", "Asylum 2", "Asylum 1"]


def test_words_of_title_and_text_are_found_together_but_make_no_phrase(publish):
    publish("Green", slug="z", summary="Z", body="<p>card</p>")
    assert titles("green card") == ["Green"]
    assert titles('"green card"') == []


def test_what_is_found_is_live_to_the_second(publish, clock):
    edition = publish("Asylum", at=NOON + timedelta(minutes=1))
    publishing.withdraw(edition.post, by=None, at=NOON + timedelta(minutes=2))
    for seconds, found in [(0, 0), (59, 0), (60, 1), (119, 1), (120, 0)]:
        clock.move_to(NOON + timedelta(seconds=seconds))
        assert len(titles("asylum")) == found


def test_superseded_words_are_not_found(publish):
    post = publish("Asylum", body="<p>Oldword</p>").post
    post.body = "<p>Newword</p>"
    post.save()
    assert titles("oldword") == ["Asylum"] and titles("newword") == []
    publish(post)
    assert titles("oldword") == [] and titles("newword") == ["Asylum"]


def test_markup_is_neither_found_nor_trusted(client, set_up, publish):
    publish(
        "Fish & <b>chips</b>", slug="z", body="<p>A &lt;script&gt; of <b>fish</b></p>"
    )
    page = client.get("/search/?q=fish").content.decode()
    assert "A &lt;script&gt; of <mark>fish</mark>" in page
    assert "<mark>Fish</mark> &amp; &lt;b&gt;chips&lt;/b&gt;" in page
    assert titles("strong") == []
    page = client.get("/search/?q=%22%3E%3Cb%3Ex").content.decode()
    assert 'value="&#34;&gt;&lt;b&gt;x"' in page


def test_a_snippet_sets_a_heading_off_from_its_text(publish):
    publish(body="<h2>The visa</h2><p>A visa is a page[[In a passport.]].</p>")
    (edition,) = search("visa").editions
    words = "".join(text for text, _ in edition.snippet)
    assert words == "The visa – A visa is a page (In a passport.)."


def test_a_snippet_is_the_place_with_most_of_the_words(publish):
    body = "<p>" + "filler " * 90 + "asylum " + "filler " * 90
    publish("Z", slug="z", body=f"{body} asylum seekers wait {'filler ' * 90}</p>")
    (edition,) = search("asylum seeker").editions
    marked = [text for text, hit in edition.snippet if hit]
    assert marked == ["asylum", "seekers"]
    words = "".join(text for text, _ in edition.snippet)
    assert words.startswith("… ") and words.endswith(" …") and len(words) < 300


@pytest.mark.slow
def test_filters_narrow_down_and_say_how_many_they_leave(publish):
    for number, (topic, year, language) in enumerate(
        [("Visas", 2026, "en"), ("Visas", 2025, "en"), ("Courts", 2026, "es")]
    ):
        publish(
            f"Asylum {number}",
            topics=[topic],
            published_on=date(year, 5, 1),
            language=language,
        )
    narrower = search("asylum").narrower
    assert [(t.name, t.number) for t in narrower["topics"]] == [
        ("Visas", 2),
        ("Courts", 1),
    ]
    assert narrower["years"] == [(2026, 2), (2025, 1)]
    assert narrower["languages"] == [("en", "English", 2), ("es", "Español", 1)]
    assert titles("asylum", topic="visas", year="2026") == ["Asylum 0"]
    assert titles("asylum", language="es") == ["Asylum 2"]
    assert titles("asylum", year=2025) == ["Asylum 1"]


UNKNOWN = ["nothing", "0", "-1", "9" * 5000, "a\x00", "²²²²", "1e3", "None", "\ud800"]


def test_an_unknown_filter_is_left_out_and_that_is_said(publish):
    publish("Asylum")
    for name, unknown in product(("topic", "year", "language"), UNKNOWN):
        results = search("asylum", **{name: unknown})
        assert len(results.editions) == 1, (name, unknown)
        assert results.filters.left_out, (name, unknown)
    assert not search("asylum").filters.left_out


@pytest.mark.slow
def test_pages_are_bounded(client, set_up, publish):
    for number in range(12):
        publish(f"Asylum {number}", published_on=date(2026, 1, 1 + number))
    assert len(titles("asylum")) == 10
    for page in (2, "2", "9999999", 9999999):
        assert titles("asylum", page=page) == ["Asylum 1", "Asylum 0"]
    for page in ("", "x", None):
        assert len(titles("asylum", page=page)) == 10
    page = client.get("/search/?q=asylum&junk=1&topic=nothing").content.decode()
    assert 'href="?q=asylum&amp;page=2"' in page and "12 articles" in page


@pytest.mark.slow
def test_the_newest_matches_alone_are_counted_and_ranked(publish, monkeypatch):
    monkeypatch.setattr("posts.search.MAX_CANDIDATES", 3)
    for number in range(5):
        publish(f"Asylum {number}", published_on=date(2026, 1, 1 + number))
    results = search("asylum")
    assert results.is_capped and results.page.paginator.count == 3
    assert [e.title for e in results.editions] == [f"Asylum {n}" for n in (4, 3, 2)]
    assert not search("asylum 4").is_capped and MAX_CANDIDATES == 1000


def test_a_mistyped_word_is_answered_with_the_nearest(publish):
    publish("Asylum and naturalization: what to read")
    for typed, meant in (
        ("asilum", "asylum"),
        ("asylum naturalizaton", "asylum naturalization"),
        ("naturalizacion", "naturalization"),
        ("reda", "read"),
        # A raid, of which no article tells that one should read.
        ("redada", None),
        ("zzzz", None),
        ("-asilum", None),
        ("", None),
    ):
        assert search(typed).suggestion == meant, typed


@pytest.mark.slow
def test_no_word_of_what_is_not_live_is_offered(publish, client, set_up):
    publishing.withdraw(publish("Zyzzyva").post, by=None)
    publish("Zyzzyvas", at=NOON + timedelta(hours=1))
    assert search("zyzzyvo").suggestion is None
    assert b"Zyzzyva" not in client.get("/search/?q=zyzzyvo").content
    # Nor another form of a word that is live.
    publishing.withdraw(publish("Ziggurats").post, by=None)
    publish("A ziggurat")
    assert search("zigguratss").suggestion == "ziggurat"


def test_whatever_is_typed_is_answered(publish):
    publish("Asylum", body="<p>移民律师 убежище</p>")
    for text in ODD:
        results = search(text)
        assert len(results.text) <= query.MAX_QUERY_LENGTH, text
        for found in (results.editions, results.suggestion):
            assert not found or results.is_query, text


def test_an_operator_is_a_word_like_any_other(publish):
    publish("Near miss")
    assert titles("NEAR") == ["Near miss"]
    assert titles("title : near") == [] and titles("near*") == ["Near miss"]


@pytest.mark.parametrize(
    "address, words",
    [
        ("/search/", "Nobody keeps what you search for."),
        ("/search/?q=", "Nobody keeps what you search for."),
        ("/search/?q=%21%21", "Type at least one word to search for."),
        ("/search/?q=-visa", "Type at least one word to search for."),
        ("/search/?q=nothing", "No article has all of these words."),
        ("/search/?q=asylum&year=1999", "Search all articles"),
        ("/search/?q=asilum", "Here is what we found for “asylum”."),
        ("/search/?q=asylum", "1 article"),
        ("/search/?q=asylum&topic=x", "We left out a filter that we do not know."),
        (f"/search/?q={LONG}&page=0", "1 article"),
    ],
)
def test_each_page_says_what_it_is(client, set_up, publish, address, words):
    publish("Asylum")
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200 and len(page) < 20_000
    assert words in to_text(page)
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert response["Cache-Control"] == "no-store" and "ETag" not in response
    assert page.count('<input type="search"') == 1


def test_crawlers_are_asked_to_keep_out(client, db):
    assert "Disallow: /search/\n" in client.get("/robots.txt").content.decode()


def test_what_a_reader_looks_for_is_neither_logged_nor_told_by_an_error(
    client, set_up, caplog, capfd
):
    def fail(execute, sql, params, many, context):
        if "posts_search" in sql:
            # As a database says it; one that is away has no cause.
            cause = sqlite3.OperationalError("malformed")
            raise OperationalError(f"cannot run {sql} {params}") from cause
        return execute(sql, params, many, context)

    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        client.get("/search/?q=xylophone")
        with connection.execute_wrapper(fail):
            response = client.get("/search/?q=xylophone")
            with pytest.raises(SearchFailed) as raised:
                search("xylophone")
    assert response.status_code == 500 and "SearchFailed" in caplog.text
    told = caplog.text + str(raised.value) + "".join(capfd.readouterr())
    assert "xylophon" not in told


@pytest.mark.slow
def test_cost_does_not_grow_with_the_number_of_articles(
    client, set_up, publish, django_assert_max_num_queries
):
    counts = []
    for number in range(20):
        publish(f"Number {number}", topics=["Asylum"])
        if number in (9, 19):
            # Of these five are PostgreSQL's, to leave the planner no choice; one reads
            # the synonyms, where no version of the site keeps them.
            with django_assert_max_num_queries(20) as counted:
                client.get("/search/?q=number")
            counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_desk_can_ask_for_the_articles_that_match(publish):
    edition = publish("Asylum")
    publishing.withdraw(edition.post, by=None)
    publish("Visa")
    assert list(Post.objects.filter(pk__in=post_ids("asylums", 9))) == [edition.post]
    assert not post_ids("!", 9)


def test_articles_in_the_readers_language_come_first(client, set_up, publish):
    """“asilo” is in both; nothing else tells the two apart."""
    for language in ("en", "es"):
        publish(
            f"Asilo {language}",
            summary="Asilo.",
            body="<p>Asilo.</p>",
            language=language,
        )
    for address in ("/search/", "/es/search/"):
        page = client.get(address, {"q": "asilo"}).content.decode()
        here, there = page.index("/asilo-es/"), page.index("/asilo-en/")
        assert (here < there) == address.startswith("/es/")
