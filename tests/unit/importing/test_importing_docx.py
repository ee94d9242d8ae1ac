"""What Word hides or strikes stays out, however it is told to."""

import io
import zipfile

import pytest

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODD = '<w:style w:type="{}" w:styleId="Odd"><w:rPr><w:{}/></w:rPr></w:style>'
BASED = '<w:style w:type="{0}" w:styleId="Mine"><w:basedOn w:val="Odd"/></w:style>'


def document(paragraph, run, styles):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body><w:p>{paragraph}<w:r>{run}"
        "<w:t>Kept from view.</w:t></w:r></w:p><w:p><w:r><w:t>Read by all.</w:t></w:r>"
        "</w:p></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "what"),
    (("vanish", "hidden"), ("strike", "struck"), ("dstrike", "struck")),
)
@pytest.mark.parametrize("style", ("Odd", "Mine"))
@pytest.mark.parametrize("place", ("paragraph", "character"))
def test_what_a_style_hides_or_strikes_is_left_out_and_said(
    one, said, place, style, kind, what
):
    styles = ODD.format(place, kind) + BASED.format(place)
    parts = ["", ""]
    parts[place == "character"] = (
        f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        if place == "paragraph"
        else f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
    )
    article = one(document(*parts, styles))
    assert article.body == "<p>Read by all.</p>"
    assert f"A {what} passage was left out. Kept from view." in said(article)


@pytest.mark.parametrize("value", ("0", "false"))
def test_words_that_a_style_hides_may_be_shown_again(one, value):
    paragraph = '<w:pPr><w:pStyle w:val="Odd"/></w:pPr>'
    run = f'<w:rPr><w:vanish w:val="{value}"/></w:rPr>'
    article = one(document(paragraph, run, ODD.format("paragraph", "vanish")))
    assert "<p>Kept from view.</p>" in article.body


def test_styles_that_are_made_from_each_other_end(one):
    circle = BASED.format("paragraph") + ODD.format("paragraph", "b").replace(
        "<w:rPr>", '<w:basedOn w:val="Mine"/><w:rPr>'
    )
    paragraph = '<w:pPr><w:pStyle w:val="Odd"/></w:pPr>'
    assert "Kept from view." in one(document(paragraph, "", circle)).body
