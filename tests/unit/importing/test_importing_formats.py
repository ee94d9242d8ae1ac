"""Each format: what comes in, and what is said of the rest."""

import json
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from posts.importing import Refusal, Remark

DAY = date(2018, 8, 27)

NEW_YORK = ZoneInfo("America/New_York")

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_wordpress(data, said):
    found = data("wordpress.xml")
    article = found["Who keeps the lantern?"]
    assert article.key == "guid:https://old.example.com/?p=12"
    assert article.published.isoformat() == "2019-07-04T22:10:00-04:00"
    assert article.author == "Mary Roe"
    assert article.topics == ("Keepers & Co", "Oil")
    assert article.slug == "who-keeps-the-lantern"
    assert article.old_addresses == (
        "https://old.example.com/2019/07/who-keeps-the-lantern/",
        "https://old.example.com/?p=12",
    )
    assert article.summary == "About the keeper."
    assert "one person</strong>, and the rule is short.<br>" in article.body
    assert (
        '<figure><img src="/media/importing/1" alt="A lantern"><figcaption>The lantern'
        "</figcaption></figure>" in article.body
    )
    assert "<ul>\n<li>light it</li>\n<li>keep it</li>\n</ul>" in article.body
    assert 'href="https://old.example.com/2019/06/oil/"' in article.body
    assert [picture.alt for picture in article.pictures] == ["A lantern", "The cover"]
    assert "[contact-form-7" in said(article)
    assert "click here (https://www.example.org/)" in said(article)


def test_wordpress_drafts_footnotes_and_what_is_no_article(data, said):
    found = data("wordpress.xml")
    draft = found["¿Quién guarda el farol?"]
    assert draft.language == "es"
    assert draft.published.date() == date(2020, 1, 2)
    assert "corta.[[Una <em>nota</em>.]]" in draft.body
    assert "draft" in said(draft)
    sentences = [
        what.sentence for what in found.values() if isinstance(what, (Refusal, Remark))
    ]
    assert "It holds no text." in sentences
    assert "Gone" not in found and "Menu" not in found


def test_atom(data, said):
    found = data("feed.atom")
    article = found["Oil & wick"]
    assert article.key == "guid:urn:x:2"
    assert article.topics == ("Oil",)
    assert article.published_on(NEW_YORK) == date(2019, 7, 4)
    assert article.body == (
        "<p>Oil is for the <em>wick</em>.<br>It is all that you need.</p>"
    )
    assert "only its beginning" in said(found["Only a summary"])


def test_rss_in_latin_1(data):
    article = data("feed.rss")["El farol"]
    assert article.key == "guid:https://old.example.com/ 77"
    assert article.language == "es"
    assert article.body == "<p>El farol es de todos, y no de uno.</p>"
    assert article.published_on(NEW_YORK) == date(2019, 7, 4)


def test_medium(data):
    article = data("medium.html")["The lantern rule"]
    assert article.key == "url:https://medium.com/@mroe/the-lantern-rule-abc"
    assert article.summary == "A short rule about lanterns."
    assert article.published_on(NEW_YORK) == date(2020, 2, 29)
    assert article.body.startswith("<p>The rule is <strong>short</strong>.")
    assert "<h2>Who keeps it</h2>" in article.body
    assert "<figcaption>A lantern</figcaption>" in article.body


def test_substack(zipped, one, said):
    table = (
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\n"
        "12.the-rule,2020-01-02T03:00:00.000Z,true,,newsletter,only_paid,"
        "The rule &amp; more,Short\n"
    )
    html = '<p>One.</p><p class="button-wrapper"><a href="#">Subscribe</a></p>'
    article = one(zipped({"posts.csv": table, "posts/12.the-rule.html": html}))
    assert article.title == "The rule & more"
    assert article.key == "substack:12"
    assert article.body == "<p>One.</p>"
    assert article.old_addresses == ("/p/the-rule",)
    assert "only those who paid" in said(article)


def test_substacks_table_alone_is_refused(refused):
    table = "post_id,post_date,title\n12.the-rule,2020-01-02T03:00:00.000Z,The rule\n"
    assert "whole archive" in refused(table)


def test_json_feed(one):
    article = one(
        '{"version":"https://jsonfeed.org/version/1.1","title":"L","items":[{"id":"7",'
        '"url":"https://x.example/a","title":"The rule","content_html":"<p>One.</p>",'
        '"date_published":"2020-01-02T03:00:00Z","tags":["Oil"]}]}'
    )
    assert (article.key, article.topics) == ("guid:7", ("Oil",))


def test_bloggers_posts_as_json(one):
    article = one(
        '{"kind":"blogger#postList","items":[{"kind":"blogger#post","id":"7","url":'
        '"http://x.example/2019/01/a.html","title":"The rule","content":"One.<br/>'
        '<br/>Two.",'
        '"published":"2019-01-02T03:00:00-05:00","labels":["Oil"],"author":{"displayName":'
        '"Mary Roe"}}]}'
    )
    assert article.body == "<p>One.</p><p>Two.</p>"
    assert article.author == "Mary Roe"


@pytest.mark.parametrize(
    ("html", "addresses"),
    (
        (
            '<img src="a.gif" data-src="https://x.example/a.jpg">',
            ["https://x.example/a.jpg"],
        ),
        (
            '<img data-src="https://x.example/a.jpg"><noscript><img src="https://x.example/'
            'a.jpg"></noscript>',
            ["https://x.example/a.jpg"],
        ),
        (
            '<img srcset="https://x.example/s.jpg 1x, https://x.example/l.jpg 2x">',
            ["https://x.example/l.jpg"],
        ),
        ('<img src="/a.jpg">', ["https://old.example.com/a.jpg"]),
        (
            '<img src="https://1.bp.blogspot.com/-a/b/s640/c.jpg">',
            ["https://1.bp.blogspot.com/-a/b/s1600/c.jpg"],
        ),
        ('<img src="https://x.example/p.gif" width=1 height=1>', []),
        (
            '<img src="https://x.example/a.jpg"><img src="https://x.example/a.jpg">',
            ["https://x.example/a.jpg"],
        ),
    ),
)
def test_pictures_are_named_by_their_own_address(one, html, addresses):
    page = (
        '<link rel=canonical href="https://old.example.com/post/a"><h1>A title</h1>'
        f"<article><p>The words are here. {html}</p></article>"
    )
    assert [p.address for p in one(f"<html>{page}").pictures] == addresses


def test_what_looks_wrong_is_found(one, said):
    article = one(
        "<html><h1>A title</h1><article><p>The rule is here, and it is what it is.</p>"
        "<p>&nbsp;</p><p><strong>Who keeps it</strong></p><p>See "
        '<a href="/x">here</a>.</p>'
        "<p>It is cafÃ© and all of that, as it was</p></article>"
    )
    for sentence in (
        "empty paragraph",
        "all in bold",
        "do not say where",
        "encoding",
        "unfinished",
    ):
        assert sentence in said(article)


def test_dates_that_count_milliseconds(one):
    """Ghost wrote them so before its first version."""
    post = {"title": "A title", "html": "<p>The text.</p>", "slug": "a-title"}
    post["published_at"] = 1535364000000
    article = one(json.dumps({"data": {"posts": [post]}}))
    assert article.published == datetime(2018, 8, 27, 10, tzinfo=timezone.utc)
