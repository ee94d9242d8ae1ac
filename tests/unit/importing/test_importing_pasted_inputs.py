"""The shared inputs of pasting, each with what is right."""

import pytest
from helpers.inputs import INPUTS, need_inputs

from lawblog.html.cleaning import cleaned

pytestmark = need_inputs


@pytest.mark.parametrize(
    ("name", "html"),
    (
        (
            "import/paste/gap.html",
            '<ol><li>one</li><li value="3">three</li><li>four</li></ol>',
        ),
        ("import/paste/gbare.html", "<p>Hello</p>"),
        ("gdocs-bare-span.html", "<p>Hello</p>"),
        (
            "word-list-letters.html",
            '<p>You must meet all of these:</p><ol type="a"><li>be '
            "present</li><li>show "
            "good character</li><li>apply in time</li></ol><p>Point (b) is "
            "the hard one.</p>",
        ),
        (
            "import/paste/nested.html",
            '<ol><li>one<ol type="a"><li>sub a</li><li>sub b</li></ol></li>'
            "<li>two</li></ol>",
        ),
        (
            "import/paste/paren.html",
            '<ol type="a"><li>first</li><li>second</li><li>third</li></ol>',
        ),
        (
            "import/paste/roman.html",
            '<ol type="i"><li>first</li><li>second</li><li>third</li></ol>',
        ),
        ("import/paste/start.html", '<ol start="4"><li>four</li><li>five</li></ol>'),
        ("import/paste/webfoot.html", "<p>Claim[[Source one.]] made.</p>"),
        (
            "import/paste/wfoot2.html",
            "<h2>Head one</h2><p>The law[[8 U.S.C. § 1101. See <i>Matter of "
            "A-B-</i>.]] "
            "says <b>so</b>.</p><h3>Head two</h3>",
        ),
        ("fffe-body.html", "<p>The immigration judge may grant relief.</p>"),
    ),
)
def test_what_is_pasted_is_what_is_read(name, html):
    result = cleaned((INPUTS / name).read_text(encoding="utf-8"))
    assert result.html == html
    assert result.remarks == []


@pytest.mark.parametrize(
    ("name", "words", "summary"),
    (
        (
            "word-tracked-and-comment.html",
            "<p>You need your own lawyer.</p>",
            "1 comment and 1 deleted passage were left out.",
        ),
        (
            "word-strike-hidden.html",
            "<p>The fee is $675 and the new form. </p>",
            "2 struck passages and 1 hidden passage were left out.",
        ),
        (
            "import/paste/wpic.html",
            "<p>Text end</p>",
            "1 picture on the writer’s computer was left out.",
        ),
    ),
)
def test_what_is_left_out_is_said(name, words, summary):
    result = cleaned((INPUTS / name).read_text(encoding="utf-8"))
    assert result.html.replace("  ", " ") == words
    assert result.summary == summary
