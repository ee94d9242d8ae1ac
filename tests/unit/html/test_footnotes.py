"""Footnotes of any program become notes where they belong, and links stay links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawblog.html.cleaning import clean, cleaned


@pytest.mark.parametrize(
    ("html", "kept"),
    (
        # GitHub, WordPress, markdown-it
        (
            '<p>a<sup id="r1"><a href="#n1">1</a></sup> b</p><hr><section><ol>'
            '<li id="n1"><p>Note. <a href="#r1">↩</a></p></li></ol></section>',
            "<p>a[[Note.]] b</p>",
        ),
        # LibreOffice
        (
            '<p>a<sup><a name="s1anc" href="#s1sym"><sup>1</sup></a></sup></p>'
            '<div id="s1"><p><a name="s1sym" href="#s1anc">1</a>Note.</p></div>',
            "<p>a[[Note.]]</p>",
        ),
        # Google's download
        (
            '<p>a<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p>'
            '<a href="#ftnt_ref1" id="ftnt1">[1]</a> <span>Note.</span></p></div>',
            "<p>a[[Note.]]</p>",
        ),
        # Wikipedia
        (
            '<p>a<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a>'
            '</sup></p><ol><li id="cite_note-1"><span class="mw-cite-backlink"><b>'
            '<a href="#cite_ref-1">^</a></b></span> <span>Note.</span></li></ol>',
            "<p>a[[Note.]]</p>",
        ),
        # Two paragraphs, emphasis, a link
        (
            '<p>a<a id=r href="#n">1</a></p><ol><li id=n><p>One <em>x</em>.</p><p>Two '
            '<a href="/y">z</a>. <a href="#r">^</a></p></li></ol>',
            '<p>a[[One <em>x</em>.<br>Two <a href="/y" rel="noopener noreferrer">z</a>'
            ".]]</p>",
        ),
        # Two references to one note
        (
            '<p>a<a id=r1 href="#n">1</a> b<a id=r2 href="#n">1</a></p><ol><li id=n>'
            'Note <a href="#r1">a</a> <a href="#r2">b</a></li></ol>',
            "<p>a[[Note]] b[[Note]]</p>",
        ),
        # In a heading none can stand
        (
            '<h2>T<a id=r href="#n">1</a></h2><p>a</p><ol><li id=n>Note '
            '<a href="#r">^</a></li></ol>',
            "<h2>T</h2><p>a[[Note]]</p>",
        ),
        # The heading of the notes goes with them
        (
            '<p>a<a id=r href="#n">1</a></p><section><h2>Notes</h2><ol><li id=n>Note '
            '<a href="#r">^</a></li></ol></section>',
            "<p>a[[Note]]</p>",
        ),
    ),
)
def test_a_footnote_becomes_a_note_in_its_place(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    "html",
    (
        # A table of contents with links back up
        '<ul><li id=c><a href="#s">Section one of it</a></li></ul>'
        '<h2 id=s>Section one of it <a href="#c">up</a></h2><p>a</p>',
        '<p id=c><a href="#s">1</a></p><div id=s><h2>A</h2><p>b <a href="#c">up</a></p>'
        "</div>",
        # Nothing leads back
        '<p><a href="#n">1</a></p><ol><li id=n>Note</li></ol>',
        # A link to what stands above
        '<ol><li id=n>Note <a href="#r">^</a></li></ol><p><a id=r href="#n">1</a></p>',
    ),
)
def test_what_is_no_footnote_stays(html):
    assert "[[" not in clean(html)


def test_a_note_around_its_own_reference_is_none():
    back = '<b id=x>more <a href="#y">^</a></b>'
    html = f'<ol><li><i id=y><a href="#x">1</a></i> word {back}'
    assert clean(html) == "<ol><li><i>1</i> word <b>more ^</b></li></ol>"


def test_comments_of_google_docs_are_no_footnotes():
    html = (
        '<p>a<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p>'
        '<a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ask the client.</span></p></div>'
    )
    result = cleaned(html)
    assert result.html == "<p>a</p>"
    assert result.summary == "1 comment was left out."


LINKS = st.sampled_from(
    "<p> </p> <a·href=#x·id=y> <a·href=#y·id=x> </a> <li·id=x> <ol> </ol> <sup> </sup> "
    "<div·id=z> </div> <a·href=#z·name=w> <h2> </h2> word <td> <table>".split()
)


@pytest.mark.slow
@given(st.lists(LINKS, max_size=16).map(lambda all_: "".join(all_).replace("·", " ")))
def test_links_to_and_fro_in_any_order_are_read(html):
    assert clean(clean(html)) == clean(html)


@pytest.mark.slow
@given(st.lists(LINKS, max_size=16).map(lambda all_: "".join(all_).replace("·", " ")))
def test_no_word_of_the_text_is_lost_with_the_links(html):
    # A mark of a note, short as it is, may go with it.
    html = html.replace("word", "longer-than-any-mark ")
    assert clean(html).count("longer") >= html.count("longer")
