"""Each format: what comes in, and what is said of the rest."""

import json
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from posts.importing import Refusal, Remark, Upload, read_upload

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


def test_a_document_of_word_saved_as_html(data, said):
    article = data("word-saved.html")["Who keeps the lantern?"]
    assert article.published == date(2019, 7, 4)
    assert "The keeper[[One person, by custom.]] does all" in article.body
    assert (
        '<ol type="a" start="3"><li>lights it</li><li>keeps it</li></ol>'
        in article.body
    )
    assert "<h2>What is left</h2>" in article.body
    assert article.body.endswith("<p>Point (d) is the hard one.</p>")
    assert "Ask Bob." in said(article) and "Ask Bob." not in article.body


def test_the_download_of_google_docs_with_its_pictures(folder, zipped, one, said):
    page = (folder / "gdocs.html").read_bytes()
    article = one(zipped({"Lanterns.html": page, "images/image1.png": PNG}))
    assert "<strong>The keeper</strong> is one person[[By custom.]]." in article.body
    assert "The old rule  is gone" in article.body
    assert 'href="https://www.example.org/a?b=1"' in article.body
    assert '<ol start="1" type="a"><li>light it</li></ol>' in article.body
    assert [(p.data, p.alt) for p in article.pictures] == [(PNG, "A lantern")]
    assert "was long" in said(article) and "Ask the client first." in said(article)


@pytest.mark.parametrize(
    ("rich", "html"),
    (
        (
            '{"type":"BLOCKQUOTE","nodes":[{"type":"PARAGRAPH","nodes":[T]}]}',
            "<blockquote><p>word</p></blockquote>",
        ),
        ('{"type":"HEADING","headingData":{"level":4},"nodes":[T]}', "<h2>word</h2>"),
        ('{"type":"CODE_BLOCK","nodes":[T]}', "<p>word</p>"),
        (
            '{"type":"BULLETED_LIST","nodes":[{"type":"LIST_ITEM","nodes":[{"type":'
            '"PARAGRAPH","nodes":[T]}]}]}',
            "<ul><li>word</li></ul>",
        ),
        (
            '{"type":"COLLAPSIBLE_LIST","nodes":[{"type":"COLLAPSIBLE_ITEM","nodes":[{"type":'
            '"COLLAPSIBLE_ITEM_TITLE","nodes":[{"type":"PARAGRAPH","nodes":[T]}]}]}]}',
            "<p>word</p>",
        ),
        (
            '{"type":"FILE","fileData":{"src":{"url":"https://x.example/a.pdf"},"name":"A"}}',
            '<p><a href="https://x.example/a.pdf" rel="noopener noreferrer">A</a></p>',
        ),
    ),
)
def test_ricos(one, rich, html):
    text = '{"type":"TEXT","textData":{"text":"word","decorations":[]}}'
    nodes = '{"nodes":[' + rich.replace("T]", f"{text}]") + "]}"
    cell = nodes.replace('"', '""')
    table = f'Title,ID,Rich Content\nA title,p1,"{cell}"\n'
    assert one(table).body == html


def test_a_wix_table_of_a_spanish_excel(one):
    article = one('Title;ID;Plain Content;Rich Content\nUn título;p1;"Uno.\n\nDos.";\n')
    assert article.body == "<p>Uno.</p><p>Dos.</p>"
    assert article.key == "wix:p1"


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
    ("head", "expected"),
    (
        ("---\ntitle: A: b\ndate: 2020-01-02\n---\n", {"title": "A: b"}),
        ("---\ntitle: 'A: b'\nlang: es\n---\n", {"title": "A: b"}),
        (
            "---\ntitle: Yes\ntags: [one, two]\n---\n",
            {"title": "Yes", "topics": ("one", "two")},
        ),
        (
            "---\ntitle: A\ncategories:\n  - One two\n  - Three\n---\n",
            {"topics": ("One two", "Three")},
        ),
        ("---\r\ntitle: A\r\nslug: b-c\r\n---\r\n", {"slug": "b-c"}),
        ("---\ntitle: A\npermalink: /x/:title/\n---\n", {"old_addresses": ()}),
        (
            "---\ntitle: A\naliases: [/x/, /y]\nid: 77\n---\n",
            {"old_addresses": ("/x/", "/y"), "key": "id:77"},
        ),
        (
            "---\ntitle: A\nauthor: Mary Roe\ndescription: Short.\n---\n",
            {"author": "Mary Roe", "summary": "Short."},
        ),
        (
            '+++\ntitle = "A"\ndate = 2020-01-02\n[taxonomies]\ntags = ["Oil"]\n+++\n',
            {"title": "A", "topics": ("Oil",), "published": date(2020, 1, 2)},
        ),
        (
            "# A\n\nBy Mary Roe\n\n27 de agosto de 2018\n\n",
            {"title": "A", "published": date(2018, 8, 27)},
        ),
    ),
)
def test_markdown_heads(one, head, expected):
    article = one(
        f"{head}The text is here, and it is **short**.\n\n## Part\n\n1. one\n"
    )
    assert {key: getattr(article, key) for key in expected} == expected
    assert article.body.startswith("<p>The text is here, and it is <strong>short")
    assert "<h2>Part</h2>" in article.body


def test_markdown_pictures_of_the_same_archive(zipped, one):
    text = "---\ntitle: A\n---\nSee ![A lantern](../images/a.png) here.\n"
    files = {"posts/a.md": text, "images/a.png": PNG, "other/a.png": b"x"}
    (picture,) = one(zipped(files)).pictures
    assert (picture.data, picture.alt) == (PNG, "A lantern")


def test_a_page_without_any_marks(one):
    article = one(
        "<html><head><title>The rule | Lanterns</title></head><body><nav>Home</nav>"
        "<div id=main><p class=byline>By Mary Roe</p><p>July 4, 2019</p><p>The rule is "
        "short, and that is what is good about it, as all who know it say.</p></div>"
        "<footer>1 Example Street</footer></body></html>"
    )
    assert article.title == "The rule"
    assert article.author == "Mary Roe"
    assert article.published == date(2019, 7, 4)
    assert article.body.startswith("<p>The rule is short")
    assert "Example Street" not in article.body and "Home" not in article.body


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


@pytest.mark.parametrize(
    "text",
    (
        "The title\n=========\n\nMay 1, 2020\n\n> The law says this to all.\n",
        "# The title\n\nMay 1, 2020\n\n> The law says this to all.\n",
    ),
)
def test_markdown_without_a_head_is_no_plain_text(one, text):
    article = one(text)
    assert (article.title, article.published) == ("The title", date(2020, 5, 1))
    body = article.body.replace("\n", "")
    assert body == "<blockquote><p>The law says this to all.</p></blockquote>"


def test_dates_that_count_milliseconds(one):
    """Ghost wrote them so before its first version."""
    post = {"title": "A title", "html": "<p>The text.</p>", "slug": "a-title"}
    post["published_at"] = 1535364000000
    article = one(json.dumps({"data": {"posts": [post]}}))
    assert article.published == datetime(2018, 8, 27, 10, tzinfo=timezone.utc)


def test_an_item_of_a_list_is_no_title(one, said):
    article = one("<body><ul><li>One of the things</li><li>Two</li></ul></body>")
    assert "<li>One of the things</li>" in article.body
    assert "It had no title" in said(article)


SENTENCE = "<p>The court held that the notice was wrong, and sent the case back.</p>"


def test_several_articles_of_a_page_are_several(data, said):
    page = (
        "<html lang=en><body><main>"
        '<article><h2><a href="https://a.example/one">The first</a></h2>'
        f"<time datetime=2018-08-27></time>{SENTENCE}</article>"
        f"<article><h2>The second</h2><time datetime=2019-05-01></time>{SENTENCE}"
        "</article><article><h3>A teaser</h3></article></main>"
        "<aside><article><h3>Another</h3></article></aside></body></html>"
    )
    found = [o.what for o in read_upload(Upload("page.html", page.encode()))]
    assert [article.title for article in found] == ["The first", "The second"]
    assert [article.published for article in found] == [DAY, date(2019, 5, 1)]
    assert [article.body for article in found] == [SENTENCE] * 2
    assert found[0].old_addresses == ("https://a.example/one",)
    assert "This file holds 2 articles" in said(found[1])
    assert "another article that the page shows. A teaser" in said(found[0])


def test_several_heads_of_markdown_are_several_articles():
    text = "---\ntitle: One\ndate: 2018-08-27\n---\nText.\n\n---\n\nMore.\n\n"
    text += text.replace("One", "Two")
    found = [o.what for o in read_upload(Upload("a.md", text.encode()))]
    assert [article.title for article in found] == ["One", "Two"]
    assert all("<p>More.</p>" in article.body for article in found)


@pytest.mark.parametrize(
    "text",
    (
        f"<body><h1>One</h1>{SENTENCE}<h1>Two</h1><p>May 1, 2019</p>{SENTENCE}</body>",
        "# One\n\nText of it.\n\n# Two\n\nMay 1, 2019\n\nMore of it.\n",
    ),
)
def test_a_further_title_with_a_date_is_said(one, said, text):
    assert "Another article seems to begin here. Divide it. Two" in said(one(text))
