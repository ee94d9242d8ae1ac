"""Callouts, what opens and closes, captions and buttons: kept, and read everywhere."""

import pytest

from lawblog.html.blocks import to_blocks
from lawblog.html.cleaning import clean
from lawblog.html.diff import compare
from lawblog.html.excerpts import excerpts
from lawblog.html.richtext import to_text
from posts.exporting.markdown import to_markdown
from posts.reading import read
from posts.reading.notes import for_feed

FOLD = "<details><summary>Who pays?</summary><p>You do.</p></details>"
CALLOUT = '<div class="callout"><p>Bring it.</p><ul><li>One</li></ul></div>'
FIGURE = (
    f'<figure><img src="/media/pictures/{"a" * 32}-10x10.png" alt="A door" width="10" '
    'height="10"><figcaption>A door.</figcaption></figure>'
)
BUTTON = '<p><a class="button" href="/offices/" rel="noopener noreferrer">Come</a></p>'
FRAMED = '<div class="callout"><p>One.</p></div>'
LINK = '<p><a href="/a/" rel="noopener noreferrer">A</a></p>'
BLOCKS = [FOLD, CALLOUT, FIGURE, BUTTON]


@pytest.mark.parametrize("html", BLOCKS)
def test_what_the_editor_makes_is_kept_as_it_is(html):
    assert sorted(clean(html)) == sorted(html)
    assert clean(clean(html)) == clean(html)


@pytest.mark.parametrize(
    "html, kept",
    [
        ('<div class="other"><p>One.</p></div>', "<p>One.</p>"),
        ('<div class="callout big"><p>One.</p></div>', FRAMED),
        ('<div class="callout"> </div>', ""),
        ("<div class='callout'>One.</div>", FRAMED),
        ('<p><a class="x" href="/a/">A</a></p>', LINK),
        ('<details open name="x">' + FOLD[9:], FOLD),
        ("<details><p>Alone.</p></details>", "<p>Alone.</p>"),
        (
            "<details><summary>Alone?</summary></details>",
            "<p><strong>Alone?</strong></p>",
        ),
        (
            '<details><summary>A <a href="/a/">link</a>?</summary>Loose</details>',
            "<details><summary>A link?</summary><p>Loose</p></details>",
        ),
        ("<summary>Alone</summary>", "<p><strong>Alone</strong></p>"),
    ],
)
def test_what_is_almost_one_becomes_one_or_plain_words(html, kept):
    assert clean(html) == kept


def test_words_of_two_blocks_never_run_together():
    assert to_text(FOLD + CALLOUT) == "Who pays? You do. Bring it. One"
    assert [e.text for e in excerpts(FOLD)] == ["Who pays?", "You do."]


@pytest.mark.parametrize(
    "before, after",
    [
        ("<p>Bring it.</p>", '<div class="callout"><p>Bring it.</p></div>'),
        ("<p>You do.</p>", "<details><summary>Who?</summary><p>You do.</p></details>"),
        (BUTTON.replace('class="button" ', ""), BUTTON),
    ],
)
def test_a_comparison_shows_what_became_a_block(before, after):
    assert to_blocks(before) != to_blocks(after)
    assert any(block.kind != "folded" for block in compare(before, after))


def test_who_hears_the_page_is_told_where_a_callout_begins():
    assert '<div class="callout" role="note">' in read(CALLOUT).html


def test_a_note_in_what_one_presses_stays_as_typed():
    html = "<details><summary>Who[[You]]?</summary><p>You[[All]].</p></details>"
    reading = read(html)
    assert reading.notes == ["All"] and "Who[[You]]?" in reading.html


@pytest.mark.parametrize("html", BLOCKS)
def test_feeds_and_exports_have_all_words(html):
    for told in (for_feed(html), to_markdown(html)):
        assert all(word in told for word in to_text(html).split())
