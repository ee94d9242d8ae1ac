"""A date by which to act, marked in the editor: told as passed after its day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lawblog.html.cleaning import clean
from lawblog.html.deadlines import day_in, deadline_days
from offices.models import Page
from posts import publishing
from posts.checks import MUST
from posts.checks.deadlines import check_deadlines
from posts.desk.frontpage import near_deadlines
from posts.models import EditionDeadline, Post

NEW_YORK = ZoneInfo("America/New_York")
PASSED, PASADO = "(This date has passed.)", "(Esta fecha ya pasó.)"


def mark(words):
    return f'<p>You must <time data-deadline="">{words}</time>.</p>'


@pytest.mark.parametrize(
    "words, day",
    [
        ("file by March 15, 2027", date(2027, 3, 15)),
        ("by Mar. 15th 2027", date(2027, 3, 15)),
        ("by Sept. 3, 2027", date(2027, 9, 3)),
        ("15 March 2027", date(2027, 3, 15)),
        ("antes del 15 de marzo de 2027", date(2027, 3, 15)),
        ("hasta el 1º de mayo del 2027", date(2027, 5, 1)),
        ("marzo 15, 2027", date(2027, 3, 15)),
        ("by 3/15/2027", date(2027, 3, 15)),
        ("2027-03-15", date(2027, 3, 15)),
        ("from March 1, 2027 to March 15, 2027", date(2027, 3, 15)),
        ("March\n  15,\xa02027", date(2027, 3, 15)),
        ("soon", None),
        ("March 15", None),
        ("February 30, 2027", None),
        ("room 3/15", None),
        ("31/12/2027", None),
        ("I-130 of 2027", None),
    ],
)
def test_the_day_is_read_from_the_words(words, day):
    assert day_in(words) == day
    assert deadline_days(clean(mark(words))) == ([day] if day else [])


@pytest.mark.parametrize(
    "html",
    [
        '<p><time datetime="2020-01-01">then</time></p>',
        "<time data-deadline><p>March 1, 2027</p><p>b</p></time>",
        "<p><time data-deadline>a <time data-deadline>March 1, 2027</time></time></p>",
        '<p><time data-deadline="1999-01-01" onclick="x()">March 1, 2027</time></p>',
        "<h2><time data-deadline>March 1, 2027</time></h2>",
        "<p><a href='/x/'><time data-deadline>March 1, 2027</time></a></p>",
    ],
)
def test_what_is_clean_stays_as_it_is(html):
    once = clean(html)
    assert clean(once) == once
    assert "datetime" not in once and "onclick" not in once and "1999" not in once


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_after_its_day_readers_are_told(client, publish, clock, language):
    words = {"en": "file by December 3, 2026", "es": "el 3 de diciembre de 2026"}
    passed = {"en": PASSED, "es": PASADO}[language]
    publish(body=mark(words[language]), language=language)
    prefix = "" if language == "en" else "/es"
    pages = [f"{prefix}/posts/a-title/", f"{prefix}/feed/json/"]
    for at, is_told in (("23:59", False), ("00:01", True)):
        day = 3 if at == "23:59" else 4
        hour, minute = map(int, at.split(":"))
        clock.move_to(datetime(2026, 12, day, hour, minute, tzinfo=NEW_YORK))
        for page in pages:
            text = client.get(page).content.decode()
            assert (passed in text) is is_told, page
            assert "data-deadline" not in text
            assert "2026-12-03" in text


def test_a_card_and_a_page_of_record_tell_it_too(client, publish, clock, set_up):
    """A card tells it on each side in that side's language."""
    english = mark("file by December 3, 2026")
    spanish = mark("antes del 3 de diciembre de 2026")
    fields = {"kind": "card", "summary": ""}
    first = publish("Card", body=english, **fields)
    other = {"language": "es", "translation_of": first.post}
    publish("Tarjeta", body=spanish, **fields, **other)
    page = Page.objects.get(kind="disclaimer", language="en")
    page.body = english
    page.save()
    clock.move_to(datetime(2026, 12, 4, 12, tzinfo=NEW_YORK))
    for address, words in (
        ("/posts/card/", [PASSED, PASADO]),
        ("/now/", [PASSED]),
        ("/es/now/", [PASADO]),
        ("/disclaimer/", [PASSED]),
    ):
        text = client.get(address).content.decode()
        assert [text.count(word) for word in words] == [1] * len(words), address
        assert "data-deadline" not in text


def test_a_mark_without_a_date_keeps_an_article_from_being_published(make_post):
    post = make_post(body=mark("file soon"))
    found = [f for f in publishing.findings(post) if "deadline" in f.sentence]
    assert [f.severity for f in found] == [MUST]
    assert "file soon" in found[0].excerpt


def test_figures_that_are_read_two_ways_are_no_date_where_days_come_first():
    for words, language, told in (
        ("antes del 8/9/2027", "es", True),
        ("antes del 08/9/2027", "es", True),
        ("file by 8/9/2027", "en", False),
        ("antes del 8/15/2027", "es", False),
        ("antes del 9/09/2027", "es", False),
        ("antes del 8 de septiembre de 2027", "es", False),
        ("antes del 15/8/2027", "es", True),  # read as no date
    ):
        found = [*check_deadlines(clean(mark(words)), language)]
        assert [each.severity for each in found] == [MUST] * told, words


@pytest.mark.slow
def test_the_front_page_tells_of_those_that_are_near(
    attorney_client, publish, make_post, clock
):
    post = publish("Near", body=mark("file by December 3, 2026")).post
    publish("Far", body=mark("file by March 3, 2027"))
    make_post("Draft", body=mark("file by November 27, 2026"))
    clock.shift(timedelta(days=3))
    page = attorney_client.get("/admin/").content.decode()
    listed = page.partition("Deadlines in live articles")[2].partition("</section>")[0]
    assert "Dec 3" in listed and "Near" in listed
    assert "Far" not in listed and "Draft" not in listed
    for is_there in (True, False):  # two days past, then ten
        clock.shift(timedelta(days=8))
        assert near_deadlines().exists() is is_there
    clock.shift(timedelta(days=-16))
    Post.objects.filter(pk=post.pk).update(body="<p>No more.</p>")
    publishing.publish(Post.objects.get(pk=post.pk), by=None)
    assert "Deadlines in live" not in attorney_client.get("/admin/").content.decode()
    assert EditionDeadline.objects.count() == 2
