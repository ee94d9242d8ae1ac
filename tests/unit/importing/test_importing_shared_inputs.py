"""The small inputs that once came out wrong, each with what is right."""

from datetime import date

import pytest
from helpers.inputs import INPUTS, need_inputs

from posts.importing import Article, Refusal, read_files

pytestmark = need_inputs


def articles(name):
    return [o.what for o in read_files([INPUTS / name]) if isinstance(o.what, Article)]


def refusals(name):
    outcomes = read_files([INPUTS / name])
    return [o.what.sentence for o in outcomes if isinstance(o.what, Refusal)]


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("emoji.txt", {"title": "😀😀", "body": "<p>Text one here.</p>"}),
        ("es.txt", {"title": "Qué es el asilo", "language": "es"}),
        (
            "cp850.txt",
            {
                "body": "<p>La petición según la policía será más fácil.</p>",
                "language": "es",
            },
        ),
        ("macroman2.txt", {"body": "<p>La petición y el señor estan aqui.</p>"}),
        (
            "byline.txt",
            {
                "title": "What to know about green cards",
                "author": "Jane Roe",
                "published": date(2018, 8, 29),
            },
        ),
        (
            "wix_today.txt",
            {
                "title": "What to know about visas",
                "author": "Jane Roe",
                "published": date(2018, 8, 28),
                "body": "<p>A visa is a document. It lets you ask to enter.</p>\n"
                "<p>It is not status.</p>",
            },
        ),
        (
            "saved.mhtml",
            {
                "title": "What is a visa",
                "published": date(2018, 8, 27),
                "body": "<p>A visa is “a document”.</p>",
                "old_addresses": ("https://example.com/post",),
            },
        ),
        (
            "oneblock.txt",
            {
                "body": "<p>First paragraph line.</p>\n<p>Second paragraph line.</p>\n"
                "<p>Third.</p>"
            },
        ),
        ("fffe.txt", {"title": "Title here", "body": "<p>immigration text.</p>"}),
        ("ghost.json", {"title": "A", "slug": "a", "body": "<p>x</p>"}),
        ("import/es_cp1252.txt", {"title": "¿Qué es el asilo?", "language": "es"}),
        ("import/es_cp850.txt", {"title": "¿Qué es el asilo?", "language": "es"}),
        ("import/es_mac_roman.txt", {"title": "¿Qué es el asilo?", "language": "es"}),
        ("import/es_utf-16.txt", {"title": "¿Qué es el asilo?", "language": "es"}),
    ),
)
def test_what_once_came_out_wrong(name, expected):
    (article,) = articles(name)
    assert {key: getattr(article, key) for key in expected} == expected


def test_two_titles_of_signs_are_two_articles():
    keys = {articles(name)[0].key for name in ("emoji.txt", "emoji2.txt")}
    assert len(keys) == 2
    assert not any(articles(name)[0].older_keys for name in ("emoji.txt", "emoji2.txt"))


@pytest.mark.parametrize(
    ("name", "titles", "days"),
    (
        (
            "two.txt",
            ["Is a Sanctuary City Immune from ICE", "Second article about visas"],
            [date(2018, 8, 27), date(2018, 9, 3)],
        ),
        (
            "import/two_articles.txt",
            ["First title", "Second title"],
            [date(2018, 8, 27), date(2018, 9, 3)],
        ),
    ),
)
def test_two_articles_in_one_file_are_two(name, titles, days):
    found = articles(name)
    assert [one.title for one in found] == titles
    assert [one.published for one in found] == days
    assert all("2 articles" in str(one.findings) for one in found)


def test_markdown_is_read():
    (article,) = articles("md_date.md")
    assert article.title == "What is a visa?"
    assert article.published == date(2018, 8, 27)
    assert "<strong>A visa</strong> is <a href" in article.body
    assert "<h2>Who needs one</h2>" in article.body
    assert "<li>students</li>" in article.body
    assert "<th>a</th>" in article.body


def test_rtf_is_refused_by_its_name():
    assert refusals("rtf.rtf") == [
        "It is RTF (rich text), which cannot be imported. Open it in Word or "
        "LibreOffice, and save it as .docx."
    ]


def test_a_bomb_is_refused_and_a_name_is_no_path():
    first, second = refusals("import/bomb.zip")
    assert "date" in first
    assert "densely" in second


def test_wix_table():
    visa, broken = articles("import/wix_posts.csv")
    assert visa.title == "¿Qué es una visa U?"
    assert visa.language == "es"
    assert visa.published.isoformat() == "2023-08-05T01:30:00+00:00"
    assert visa.slug == "que-es-una-visa-u"
    assert visa.old_addresses[0] == "/post/qu%C3%A9-es-una-visa-u"
    assert "<strong>víctimas</strong>" in visa.body
    assert '<ol start="3"><li>Quien ayudó a la policía</li></ol>' in visa.body
    assert "<figcaption>El formulario</figcaption>" in visa.body
    assert [(p.address[-13:], p.alt) for p in visa.pictures] == [
        ("/ab_12~mv2.jpg"[-13:], "Un formulario"),
        ("/cd_34~mv2.png"[-13:], ""),
    ]
    assert broken.body == "<p>Only words.</p>"
    assert any("rich text cannot be read" in f.sentence for f in broken.findings)


def test_saved_wix_page():
    (article,) = articles("import/wix_page.html")
    assert article.title == "What is a U visa?"
    assert article.author == "Jane Roe"
    assert article.summary == "Who may ask for it."
    assert not article.summary_is_suggested
    # The original, not the blurred copy.
    assert [p.address for p in article.pictures] == [
        "https://static.wixstatic.com/media/ab_12~mv2.jpg"
    ]
    for gone in ("Recent Posts", "Another article", "123 Main", "3 min read", "Home"):
        assert gone not in article.body
    for kept in (
        "<h2>Who may ask</h2>",
        "<em>hurt</em>",
        "<blockquote>",
        "<th>Form</th>",
    ):
        assert kept in article.body


def test_ghost_export():
    (article,) = articles("import/ghost.json")
    assert article.topics == ("TPS",)
    assert article.author == "Jane Roe"
    assert article.published.isoformat() == "2020-02-01T03:00:00+00:00"
    assert "<h2>Who</h2>" in article.body
    assert "youtube.com/watch?v=x" in article.body
    (refusal,) = refusals("import/ghost.json")
    assert "no HTML" in refusal


def test_blogger_export():
    fees, draft = articles("import/blogger_takeout.atom")
    assert fees.body.startswith("<p>You may have to pay again.</p><p>See <a")
    assert fees.old_addresses == ("/2019/11/fees-after-denial.html",)
    assert fees.topics == ("Fees",)
    assert "It was a draft on the old site." in str(draft.findings)


def test_hugo_and_jekyll():
    (hugo,) = articles("import/hugo_toml.md")
    assert hugo.title == "287(g): what it means"
    assert hugo.published.isoformat() == "2018-08-27T22:30:00-04:00"
    assert hugo.body == "<p>A claim[[The <em>source</em>.]].</p>"
    assert hugo.old_addresses == ("/single-post/2018/08/27/287g",)
    (jekyll,) = articles("import/jekyll.md")
    assert jekyll.title == "287(g): what it means"
    assert jekyll.topics == ("ICE", "Courts")
    assert jekyll.old_addresses == ("/ice/287g.html", "/old/287g/")
    assert "{% include note.html %}" in str(jekyll.findings)


@pytest.mark.slow
def test_word_document():
    (article,) = articles("import/legal.docx")
    assert article.title == "Fees after a denial"
    assert "<p>You need your own lawyer.</p>" in article.body
    assert '<ol type="a" start="3"><li>be present</li>' in article.body
    assert "<td>$1,440</td>" in article.body
    said = str(article.findings)
    for left_out in ("never need a", "$535", "Hidden draft note.", "Client A. told us"):
        assert left_out not in article.body
        assert left_out in said
    assert article.pictures[0].data.startswith(b"\x89PNG")


def test_chromes_mhtml_brings_its_pictures():
    (article,) = articles("import/chrome.mhtml")
    assert article.title == "¿Qué es?"
    assert article.body == '<p>Petición <img src="/media/importing/1"></p>'
    assert article.pictures[0].data.startswith(b"\x89PNG")


def test_a_table_of_redirects_is_no_article():
    (refusal,) = refusals("import/redirects.csv")
    assert refusal.startswith("It is a table")
