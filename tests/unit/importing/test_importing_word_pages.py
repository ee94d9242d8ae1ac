"""What a document of Word shows beside plain paragraphs comes along, or is said."""

import io
import zipfile
from datetime import date

import pytest

from lawblog.html.list_numbers import in_letters
from posts.importing import Article, Upload, read_upload

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>{more}'
    "</w:style>"
    for name, called, more in (
        ("Title", "Title", ""),
        ("Caption", "caption", ""),
        ("H1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("Plain1", "heading 1", ""),
        ("Plain2", "heading 2", ""),
        ("Bullets", "Mine", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
        ("Deeper", "Mine too", '<w:basedOn w:val="Bullets"/>'),
    )
)


def level(depth, kind, text):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "upperRoman", "%1.")}'
    f"{level(1, 'decimal', '%1.%2')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text, style="", more="", number=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{number}</w:pPr>{run(text) if text else ''}{more}</w:p>"


def document(*paragraphs, notes="", pictures=()):
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("s", "styles", "styles.xml"),
            ("n", "numbering", "numbering.xml"),
            ("f", "footnotes", "footnotes.xml"),
            *((f"p{n}", "image", f"media/p{n}.png") for n in range(len(pictures))),
        )
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {ROOT}><w:body>{''.join(paragraphs)}"
        "</w:body></w:document>",
        "word/styles.xml": f"<w:styles {ROOT}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {ROOT}>{NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {ROOT}>{notes}</w:footnotes>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        "</Relationships>",
        **{f"word/media/p{n}.png": data for n, data in enumerate(pictures)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(number):
    """As Word before 2007 has it, which is shorter."""
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata '
        f'r:id="p{number}"/></v:shape></w:pict></w:r>'
    )


def articles(data):
    return [o.what for o in read_upload(Upload("a.docx", data))]


TEXT = "The text of it is here for the reader."


@pytest.mark.parametrize(
    "second", (("Title", ""), ("Plain1", "May 2, 2019")), ids=("style", "date")
)
def test_two_titles_are_two_articles_each_with_its_own_notes(second):
    style, day = second
    note = f'<w:footnote w:id="1"><w:p>{run("The source.")}</w:p></w:footnote>'
    found = articles(
        document(
            paragraph("First", style),
            paragraph("May 1, 2018"),
            paragraph(TEXT, more='<w:r><w:footnoteReference w:id="1"/></w:r>'),
            paragraph("Second", style),
            *([paragraph(day)] if day else []),
            paragraph(TEXT),
            notes=note,
        )
    )
    assert [one.title for one in found] == ["First", "Second"]
    assert [one.body for one in found] == [
        f"<p>{TEXT}[[The source.]]</p>",
        f"<p>{TEXT}</p>",
    ]
    assert found[0].published == date(2018, 5, 1)
    assert all("2 articles" in str(one.findings) for one in found)


def test_a_title_on_two_lines_or_a_short_part_divides_nothing():
    data = document(
        paragraph("First", "Title"), paragraph("and more", "Title"), paragraph(TEXT)
    )
    (article,) = articles(data)
    assert isinstance(article, Article) and article.title == "First"


def test_a_plain_first_line_above_the_first_heading_is_the_title():
    data = document(
        paragraph("What a visa is"), paragraph("Who may ask", "Plain1"), paragraph(TEXT)
    )
    (article,) = articles(data)
    assert article.title == "What a visa is"
    assert article.body == f"<h2>Who may ask</h2><p>{TEXT}</p>"
    # Word puts bookmarks into headings, as for a table of contents.
    mark = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'
    data = document(paragraph("Who may ask", "Plain2", mark), paragraph(TEXT))
    (article,) = articles(data)
    assert article.title == "Who may ask" and article.body == f"<p>{TEXT}</p>"


def test_what_notes_hide_strike_or_delete_stays_out_and_is_said(said):
    note = (
        f'<w:footnote w:id="1"><w:p>{run("Seen.")}{run("Hid.", "<w:vanish/>")}'
        f'{run("Struck.", "<w:strike/>")}<w:del w:id="2"><w:r><w:delText>Gone.'
        "</w:delText></w:r></w:del></w:p></w:footnote>"
    )
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = document(
        paragraph("T", "Title"), paragraph(TEXT, more=reference), notes=note
    )
    (article,) = articles(data)
    assert article.body == f"<p>{TEXT}[[Seen.]]</p>"
    for words in ("hidden passage was left out. Hid.", "struck", "Gone."):
        assert words in said(article)


def test_numbers_of_headings_are_words_and_lists_of_a_style_are_lists(said):
    deeper = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    data = document(
        paragraph("T", "Title"),
        paragraph("One", "H1"),
        paragraph("a", "Bullets"),
        paragraph("b", "Deeper"),
        paragraph("Two", "H1"),
        paragraph("one"),
        paragraph("within", number=deeper),
        paragraph(TEXT),
    )
    (article,) = articles(data)
    assert "<h2>I. One</h2>" in article.body and "<h2>II. Two</h2>" in article.body
    assert "<ul><li>a</li><li>b</li></ul>" in article.body
    assert "counted within their list here. Does the text refer to them? II.1" in said(
        article
    )
    assert "<p>one</p><ol><li>within</li></ol>" in article.body
    assert "may differ" not in said(article)


def test_numbers_as_word_writes_them():
    assert [in_letters(n, "a") for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [in_letters(n, "I") for n in (4, 9, 40, 1994)] == [
        "IV",
        "IX",
        "XL",
        "MCMXCIV",
    ]
    assert [in_letters(n, "i") for n in (0, 4000)] == ["0", "4000"]


def test_captions_go_to_their_picture_or_table():
    png = b"\x89PNG\r\n\x1a\n"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('cell')}</w:tc></w:tr></w:tbl>"
    data = document(
        paragraph("T", "Title"),
        paragraph(TEXT),
        paragraph("", more=picture(0)),
        paragraph("Figure 1", "Caption"),
        paragraph("Table 1", "Caption"),
        table,
        paragraph("Of nothing", "Caption"),
        pictures=[png],
    )
    (article,) = articles(data)
    assert '<img src="/media/importing/1"><figcaption>Figure 1</fig' in article.body
    assert "<table><caption>Table 1</caption>" in article.body
    assert "<p>Of nothing</p>" in article.body


def test_words_own_drawings_are_named_with_what_to_do(said):
    emf = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(20)
    data = document(
        paragraph("T", "Title"),
        paragraph(TEXT, more=picture(0) + picture(1) + picture(2)),
        pictures=[emf, b"\xd7\xcd\xc6\x9a" + bytes(20), b"other"],
    )
    (article,) = articles(data)
    assert "<img" not in article.body and not article.pictures
    for kind in ("a drawing (EMF)", "a drawing (WMF)", "a drawing of Word’s"):
        assert f"it is {kind}, which this site cannot show" in said(article)
    assert "Save it from Word as PNG" in said(article)
    assert "without" not in said(article)


def test_a_document_that_is_cut_off_is_named_as_one():
    whole = document(paragraph("T", "Title"), paragraph(TEXT))
    (refusal,) = articles(whole[: len(whole) // 2])
    assert refusal.sentence.startswith("The document is damaged")
