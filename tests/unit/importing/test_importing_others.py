"""Other inputs of the kinds that once came out wrong, a table for each kind."""

import io
import json
import zipfile

import pytest

from posts.importing import Upload, read_upload

TEXT = "The text of it is here for the reader."


def what(data, name="file"):
    data = data.encode() if isinstance(data, str) else data
    return [o.what for o in read_upload(Upload(name, data))]


def test_markdown_of_several_programs(said):
    for text, title, body in (
        (
            "# T\n\n[a](#who), [b](#w2)\n\n## Who {#who}\n\nx.\n\n## Two {: #w2}\n\ny",
            "T",
            "<h2>Who</h2>\n<p>x.</p>\n<h2>Two</h2>",
        ),
        (
            "# T\n\nTerm\n: Meaning.\n\n**b**",
            "T",
            "<strong>Term</strong></p><p>Meaning.",
        ),
        (
            '{\n "title": "Of Hugo",\n "date": "2018-08-27"\n}\n\nText.',
            "Of Hugo",
            "Text.",
        ),
        ("{% include x %}\n# T\n\nText **b**.", "T", "Text <strong>b"),
    ):
        (article,) = what(text)
        assert article.title == title and body in article.body, article
        assert "leads to no place" not in said(article)


def test_several_titles_with_dates_are_several_articles():
    page = f"<body><h1>One</h1><p>May 1, 2018</p><p>{TEXT}</p>"
    page += page.replace("One", "Two").removeprefix("<body>")
    text = f"# One\n\nMay 1, 2018\n\n{TEXT}\n\n# Two\n\nMay 1, 2018\n\n{TEXT}\n"
    for source in (page, text):
        found = what(source)
        assert [one.title for one in found] == ["One", "Two"]
        assert [one.body for one in found] == [f"<p>{TEXT}</p>"] * 2
    # A list of others below the article is none.
    teasers = "<h3>Other</h3><p>May 2, 2018</p><h3>More</h3><p>May 3, 2018</p>"
    (article,) = what(f"<body><h1>One</h1><p>May 1, 2018</p><p>{TEXT * 9}</p>{teasers}")
    assert article.title == "One"


def test_a_date_above_the_title_is_no_title():
    (article,) = what(f"<body><p>May 1, 2018</p><p>A title</p><p>{TEXT}</p></body>")
    assert article.title == "A title" and article.body == f"<p>{TEXT}</p>"


def feed(*items):
    return (
        '<rss version="2.0"><channel><link>https://old.example</link>'
        + "".join(
            f"<item><title>{n}</title>{item}</item>" for n, item in enumerate(items)
        )
        + "</channel></rss>"
    )


def test_an_entry_without_address_or_id_is_not_the_old_front_page():
    one = f"<description>{TEXT}</description>"
    other = "<description>Other words are here for the reader.</description>"
    found = what(feed(one, other))
    assert [a.old_addresses for a in found] == [(), ()]
    assert all(a.key.startswith("text:") for a in found)
    assert "same id" not in str(found)
    short = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "home_page_url": "https://old.example",
            "items": [{"id": "1", "title": "T", "content_html": f"<p>{TEXT}</p>"}],
        }
    )
    (article,) = what(short)
    assert article.key == "guid:https://old.example 1"


def test_an_address_of_an_entry_that_is_none_costs_no_article():
    text = f"<description>{TEXT}</description>"
    found = what(feed(f"<link>http://[</link>{text}", f"{text}<guid>2</guid>"))
    assert [article.old_addresses for article in found] == [(), ()]


def test_a_smiley_in_halves_is_read_and_costs_no_article():
    """As programs write it that count in UTF-16; the second lacks its other half."""
    text = (
        f"<description>{TEXT} &#xD83D;&#xDE00; &#55357;&#56832; &#xD83D;</description>"
    )
    for article in what(feed(text, text)):
        assert article.body.count("\U0001f600") == 2


def test_addresses_of_an_atom_feed_start_from_its_own():
    (article,) = what(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/b/">'
        '<entry><title>T</title><link href="post/1"/><content type="html">'
        '&lt;p&gt;See &lt;a href="2"&gt;that page&lt;/a&gt;.&lt;/p&gt;</content>'
        "</entry></feed>"
    )
    assert article.old_addresses == ("https://old.example/b/post/1",)
    assert 'href="https://old.example/b/post/2"' in article.body


def wix(*nodes, rich=""):
    rich = rich or json.dumps({"nodes": nodes})
    cell = rich.replace('"', '""')
    return f'Title,ID,Rich Content\nA title,p1,"{cell}"\n'


def test_parts_of_wix_keep_their_words_or_are_said_to_be_gone(said):
    def text(words):
        data = {"text": words, "decorations": []}
        nodes = [{"type": "TEXT", "textData": data}]
        return {"type": "PARAGRAPH", "nodes": nodes}

    button = {"text": "Call", "link": {"url": "tel:+12014489837"}}
    cells = [{"type": "TABLE_CELL", "nodes": [text(w)]} for w in "ab"]
    rows = [{"type": "TABLE_ROW", "nodes": [cell]} for cell in cells]
    (article,) = what(
        wix(
            {"type": "POLL", "pollData": {"poll": {"title": "Who may?"}}},
            {"type": "MAP", "mapData": {"mapSettings": {"address": "305 Broadway"}}},
            {"type": "BUTTON", "buttonData": button},
            {"type": "HTML", "htmlData": {"html": "<b></b>"}},
            {"type": "TABLE", "nodes": rows, "tableData": {"rowHeader": True}},
        )
    )
    for kept in ("<p>Who may?</p>", "<p>305 Broadway</p>", 'href="tel:', "<th>a</th>"):
        assert kept in article.body
    assert "<td>b</td>" in article.body
    assert "(html) was left out. " in said(article)
    (article,) = what(wix(rich=f'<p class="font_8">{TEXT}</p>'))
    assert article.body == f"<p>{TEXT}</p>"


def test_nothing_of_an_archive_is_lost_in_silence(zipped):
    for files in ({}, {"a.png": b"\x89PNG\r\n\x1a\n"}):
        assert "It holds no article." in str(what(zipped(files)))
    out = io.BytesIO()
    # The library warns of the second name and writes it, as other programs do.
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        for title in ("One", "Two"):
            archive.writestr("a.md", f"# {title}\n\n{TEXT}")
    assert {one.title for one in what(out.getvalue())} == {"One", "Two"}


def test_an_address_alone_in_its_paragraph_is_a_link():
    (article,) = what(
        f"<h1>T</h1><p>{TEXT}</p><div>https://youtu.be/a?b=1&amp;c=2</div>"
    )
    assert '<a href="https://youtu.be/a?b=1&amp;c=2"' in article.body
    (article,) = what(f"<h1>T</h1><p>{TEXT}</p><p>See https://youtu.be/a now.</p>")
    assert "<a" not in article.body


def test_plain_text_of_other_shapes():
    head = "T\nAugust 1, 2018\n\n"
    for text, body in (
        ("a) x\nb) y", '<ol type="a"><li>x</li><li>y</li></ol>'),
        ("(c) x\n(d) y", '<ol type="a" start="3"><li>x</li><li>y</li></ol>'),
        ("iv. x\nv. y", '<ol type="i" start="4"><li>x</li><li>y</li></ol>'),
        ("A. x\nC. y", "<p>A. x C. y</p>"),
        ("So.[1] And.[2]\n\n[1] One.\n[2] Two.", "<p>So.[[One.]] And.[[Two.]]</p>"),
        ("So.[1]\n\n[2] Other.", "<p>So.[1]</p>\n<p>[2] Other.</p>"),
        ("One.\n\n* * *\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    ):
        (article,) = what(head + text)
        assert article.body == body, text


def test_articles_without_a_blank_line_between_them_are_two():
    text = f"One\nAugust 1, 2018\n{TEXT}\nTwo\nAugust 2, 2018\n{TEXT}\n"
    assert [one.title for one in what(text)] == ["One", "Two"]
    # A line that goes on is no title.
    text = text.replace(f"{TEXT}\nTwo", f"{TEXT} It was\nTwo", 1)
    assert [one.title for one in what(text)] == ["One"]


def test_what_pages_of_other_programs_say_of_themselves(said):
    text = f"<p>{TEXT}</p>"
    (blogger,) = what(
        f"<html><body><h3 class=post-title>T</h3><div class=post-body>{text}</div>"
        '<abbr class="published" title="2018-08-27T22:30:00-04:00">8/27</abbr></body>'
    )
    assert blogger.published.isoformat() == "2018-08-27T22:30:00-04:00"
    (named,) = what(
        '<html><head><meta property="og:title" content="T — The firm"></head>'
        f"<body><article><h1>T</h1>{text}</article></body></html>"
    )
    assert named.title == "T"
    (long,) = what(f"<h1>{'word ' * 100}end</h1>{text}")
    assert len(long.title) <= 200 and "its end was cut off. word" in said(long)


def test_the_foot_of_a_table_comes_last_and_a_link_to_the_top_leads_nowhere(said):
    (article,) = what(
        f"<h1>T</h1><h2>A</h2><p>{TEXT} <a href='#'>up</a></p><table><tfoot><tr><td>2"
        "</tfoot><tbody><tr><td>1</tbody></table>"
    )
    assert article.body.index("<td>1</td>") < article.body.index("<td>2</td>")
    assert 'href="#' not in article.body


def test_mails_and_pages_that_are_cut_off(said):
    head = (
        "Subject: T\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n"
    )
    page = f"--b\nContent-Type: text/html\n\n<h1>T</h1><p>{TEXT}</p>\n"
    (mail,) = what(
        f"Received: from x\nReturn-Path: <a@b.example>\n{head}\n{page}--b--\n"
    )
    assert mail.body == f"<p>{TEXT}</p>" and "cut off" not in said(mail)
    (cut,) = what(f"{head}\n{page}")
    assert cut.body == f"<p>{TEXT}</p>" and "seems to be cut off" in said(cut)
