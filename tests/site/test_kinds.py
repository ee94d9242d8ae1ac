"""Guides and cards: kinds of the same post and edition, beside articles."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from helpers.pages import card, guide

from lawblog.html.richtext import to_text
from posts.models import ArticleCount, Post, Review
from posts.publishing import counts, digest_of
from posts.reading.questions import folded

pytestmark = pytest.mark.django_db

DATE = re.compile("<time")


@pytest.fixture(autouse=True)
def site(set_up):
    pass


def main_of(client, address):
    """What stands between the header and the footer of a page."""
    page = client.get(address).content.decode()
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.slow
def test_a_guide_is_listed_without_a_date_and_heads_its_topic(client, publish):
    guide(publish)
    assert "A guide" in main_of(client, "/guides/")
    assert not DATE.search(main_of(client, "/guides/"))
    publish("An article", topics=["Asylum"])
    topic = main_of(client, "/posts/topics/asylum/")
    assert topic.index("A guide") < topic.index("An article")
    assert "/posts/a-guide/" not in main_of(client, "/posts/")


def test_a_topic_with_nothing_but_a_guide_has_a_page(client, publish):
    guide(publish)
    page = main_of(client, "/posts/topics/asylum/")
    assert "A guide" in page and "The first article is being written" not in page


def test_a_guides_questions_open_in_place(client, publish):
    guide(publish)
    page = main_of(client, "/posts/a-guide/")
    assert page.count("<details><summary><h2 ") == page.count("</details>") == 3
    # Under the question, with its own link.
    assert page.count('<header class="headed"><h3') == 3
    assert "Published" not in page and "Last reviewed" in page
    assert "Guide, part of <a" in page


def test_a_guide_says_when_it_was_last_reviewed(client, publish, attorney):
    edition = guide(publish)
    today = timezone.localdate()
    Review.objects.create(
        post=edition.post,
        reviewed_by=attorney,
        reviewed_at=timezone.now() + timedelta(seconds=1),
        reviewed_on=date(2026, 11, 20),
        next_review=today + timedelta(days=365),
    )
    assert 'Last reviewed <time datetime="2026-11-20"' in main_of(
        client, "/posts/a-guide/"
    )


def test_questions_within_a_quotation_stay_there():
    heading = '<header class="headed"><h2 id="a">A</h2><a href="#a"></a></header>'
    html = f"<blockquote>{heading}</blockquote>"
    assert folded(html) == html


@pytest.mark.slow
def test_neither_guides_nor_cards_are_counted_or_paged_as_articles(publish):
    guide(publish)
    card(publish)
    assert not ArticleCount.objects.filter(count__gt=0)
    counts.recount()
    assert not ArticleCount.objects.exists()


@pytest.mark.slow
def test_a_guide_is_in_feeds_and_the_sitemap_and_a_card_in_no_feed(
    client, publish, sitemap
):
    guide(publish)
    card(publish)
    feed = client.get("/feed/").content.decode()
    assert "A guide" in feed and "A card" not in feed
    told = sitemap()
    for path in ("/guides/", "/now/", "/posts/a-guide/", "/posts/a-card/"):
        assert f"<loc>http://127.0.0.1:8000{path}</loc>" in told, path


@pytest.mark.slow
def test_search_finds_a_guide_and_a_card_and_dates_neither(client, publish):
    guide(publish)
    card(publish)
    found = main_of(client, "/search/?q=guide") + main_of(client, "/search/?q=words")
    assert "/posts/a-guide/" in found and "/posts/a-card/" in found
    assert not DATE.search(found)


@pytest.mark.slow
def test_both_languages_of_a_card_stand_on_one_page_its_own_first(client, publish):
    card(publish)
    english, spanish = (
        main_of(client, path) for path in ("/posts/a-card/", "/es/posts/una-tarjeta/")
    )
    assert english.index("<h1>A card") < english.index("<h2>Una tarjeta")
    assert spanish.index("<h1>Una tarjeta") < spanish.index("<h2>A card")
    for page in (english, spanish):
        assert page.count("<li><span><strong>Line") == 12
        assert 'href="tel:+12014489837"' in page
        assert "What to do right now" in page and "Qué hacer ahora mismo" in page


def test_neither_a_card_nor_a_guide_is_called_an_article(client, publish, settings):
    old = {"law_as_of": date(2018, 8, 27)}
    guide(publish, body="<p>On Form I-90.</p><h2>What?</h2><p>This.</p>", **old)
    publish("A card", kind="card", summary="", body="<p>Line.</p>", **old)
    for address in ("/posts/a-guide/", "/posts/a-card/"):
        words = to_text(main_of(client, address))
        assert "Share this page" in words and "This page describes the law" in words
        assert "article" not in words.lower().replace("all articles", "")


@pytest.mark.slow
def test_a_translation_that_is_no_longer_live_leaves_the_card(client, publish):
    from posts.publishing import withdraw

    _, spanish = card(publish)
    withdraw(spanish.post, by=None)
    assert "Una tarjeta" not in main_of(client, "/posts/a-card/")


def test_a_card_whose_original_became_an_article_keeps_its_own_side_alone(
    client, publish
):
    english, _ = card(publish)
    post = english.post
    post.kind, post.body, post.summary = None, "<p>An article.</p>", "A summary."
    post.save()
    publish(post)
    page = main_of(client, "/es/posts/una-tarjeta/")
    assert page.count("<li><span><strong>Line") == 6 and "An article." not in page


@pytest.mark.slow
def test_one_card_is_one_tap_from_every_page_and_several_on_a_page(client, publish):
    card(publish)
    link = '<a class="urgent" href="{}"'
    for path in ("/", "/posts/", "/offices/", "/privacy/", "/nothing/"):
        assert link.format("/posts/a-card/") in client.get(path).content.decode(), path
    card(publish, "A second card", "Otra tarjeta")
    assert link.format("/now/") in client.get("/offices/").content.decode()
    page = main_of(client, "/now/")
    assert page.count("<li><span><strong>Line") == 12


@pytest.mark.slow
def test_without_a_card_no_page_speaks_of_one(client, publish):
    publish("An article")
    assert "What to do right now" not in client.get("/").content.decode()
    assert "We have not written this down yet." in main_of(client, "/now/")
    assert "We have not written a guide yet." in main_of(client, "/guides/")


def test_a_card_is_kept_as_one_small_file(client, publish):
    card(publish)
    answer = client.get("/posts/a-card/offline.html")
    assert answer["Content-Disposition"] == 'attachment; filename="a-card.html"'
    text = answer.content.decode()
    assert "A card" in text and "Una tarjeta" in text and "(201) 448-9837" in text
    assert len(answer.content) < 6000
    # It needs nothing from anywhere.
    assert not re.search(r"<(?:img|script|link|iframe)|url\(|@import", text)


def test_only_a_card_is_kept_as_a_file(client, publish):
    publish("An article")
    assert client.get("/posts/an-article/offline.html").status_code == 404


LINES = "<ol>" + "<li>Line.</li>" * 6 + "</ol>"


@pytest.mark.parametrize(
    "body, sentence",
    [
        (LINES + "<p>Seven.</p>", "This one has 7"),
        (f"<p>{'long ' * 30}</p>", "This line has 149 letters"),
        ("<h2>A heading</h2><p>Line.</p>", "A card has lines alone"),
        ("<p>Line[[A note.]].</p>", "A card has lines alone"),
        ("<blockquote><p>Line.</p></blockquote>", "A card has lines alone"),
    ],
)
def test_a_card_that_is_none_is_not_published(publish, make_post, body, sentence):
    with pytest.raises(ValidationError, match=sentence):
        publish(make_post(kind="card", body=body))


def test_six_lines_without_a_summary_are_a_card(publish, make_post):
    publish(make_post(kind="card", summary="", body=LINES))


def test_the_kind_is_among_the_words_that_are_approved(publish):
    edition = guide(publish)
    known = digest_of(edition)
    edition.kind = None
    assert digest_of(edition) != known == edition.digest


def test_a_translation_is_of_its_originals_kind(publish):
    original = guide(publish).post
    other = Post(title="Otra", slug="otra", language="es", translation_of=original)
    with pytest.raises(ValidationError, match="choose the same here"):
        other.clean()


@pytest.mark.slow
def test_guides_and_cards_are_looked_up_once_for_all_pages(
    client, publish, django_assert_max_num_queries
):
    """Twenty cost what one does."""
    from posts.public.guides_and_cards import live_cards, live_guides

    for number in range(20):
        guide(publish, f"Guide {number}")
    with django_assert_max_num_queries(4):  # in a transaction, nothing is kept
        live_guides(), live_cards()


@pytest.mark.slow
def test_programs_that_read_text_are_told_each_kind(client, publish):
    guide(publish)
    card(publish)
    publish("An article")
    text = client.get("/llms.txt").content.decode()
    for heading, title in (
        ("What to do right now (English)", "A card"),
        ("Guides (English)", "A guide"),
        ("Articles (English)", "An article"),
        ("What to do right now (Español)", "Una tarjeta"),
    ):
        assert f"## {heading}\n\n- [{title}]" in text
