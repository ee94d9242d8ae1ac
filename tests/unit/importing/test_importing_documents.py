"""Documents that somebody wrote: as Word, Google and Wix save them, and Markdown."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from posts.importing import Upload, read_upload

DAY = date(2018, 8, 27)

NEW_YORK = ZoneInfo("America/New_York")

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


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
