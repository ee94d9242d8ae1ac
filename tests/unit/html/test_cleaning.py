"""What comes of any HTML: blocks stay blocks, and whatever goes is said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawblog.html import cleaning
from lawblog.html.cleaning import clean, cleaned
from lawblog.html.richtext import to_text
from lawblog.html.tree import MAX_DEPTH


@pytest.mark.parametrize(
    ("html", "kept"),
    (
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("a<div>b</div>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h5>a</h5>b<h6>c</h6>", "<h4>a</h4><p>b</p><h4>c</h4>"),
        ("<dl><dt>a<dd>b</dl>", "<p><strong>a</strong></p><p>b</p>"),
        (
            "<details><summary>s</summary>t</details>",
            "<details><summary>s</summary><p>t</p></details>",
        ),
        ("<section>a</section><aside>b</aside>", "<p>a</p><p>b</p>"),
        ("<address>1 St<br>Town</address>x", "<p>1 St<br>Town</p><p>x</p>"),
        ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
        ("<form>a<fieldset>b</fieldset></form>", "<p>a</p><p>b</p>"),
        ("<fieldset><legend>a</legend>b</fieldset>", "<p>a</p><p>b</p>"),
        (
            "<table><colgroup><col><font> </font><tbody><tr><td>a</table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        (
            "<i style='display:block'>a</i><label style='display: flex'>b</label>",
            "<p><i>a</i></p><p>b</p>",
        ),
        ("<h2><span style='display:block'>a</span>b</h2>", "<h2>a b</h2>"),
        ("<span style='display:inline !important'>a</span>b", "ab"),
        ("<td>a</td><td>b</td>", "<p>a</p><p>b</p>"),
        ("<li>a<li>b", "<p>a</p><p>b</p>"),
        ("<h2><div>a</div><div>b</div></h2>", "<h2>a</h2><p>b</p>"),
        (
            "<blockquote>a<div>b</div></blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        ("<li>a</li><center>b</center>", "<p>a</p><p>b</p>"),
        ("<figure>a<figcaption>b</figcaption></figure>", "<p>a</p><p>b</p>"),
        ("<p>a</p>b", "<p>a</p><p>b</p>"),
    ),
)
def test_blocks_never_run_together(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    (
        (
            "<ol type=a start=3><li value=6>x</ol>",
            '<ol type="a" start="3"><li value="6">x</li></ol>',
        ),
        ("<ol type=x start=a><li value=b>x</ol>", "<ol><li>x</li></ol>"),
        (
            '<ol style="list-style-type:lower-roman"><li>x</ol>',
            '<ol type="i"><li>x</li></ol>',
        ),
        (
            '<ol style="list-style: upper-alpha inside"><li>x</ol>',
            '<ol type="A"><li>x</li></ol>',
        ),
        ('<ul style="list-style-type:decimal"><li>x</ul>', "<ol><li>x</li></ol>"),
        ('<ul style="list-style:none"><li>x</ul>', "<ul><li>x</li></ul>"),
        (
            "<ol><li><p style='mso-list:l0 level1 lfo1'>a</p></li></ol>",
            "<ol><li><p>a</p></li></ol>",
        ),
        ("<p style='mso-list:l0 level1 lfo1'>a</p>", "<ul><li>a</li></ul>"),
        (
            '<ol><li style="list-style-type: upper-alpha">x</ol>',
            '<ol type="A"><li>x</li></ol>',
        ),
        (
            "<ul><li>a</li><ul><li>b</li></ul></ul>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
        ),
        (
            "<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>II."
            "<span style='font:7.0pt x'>&nbsp;</span></span>Fees</h2>",
            "<h2>II. Fees</h2>",
        ),
        (
            "<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·"
            "</span>Fees</h2>",
            "<h2>Fees</h2>",
        ),
        (
            "<ol reversed><li>a<li>b</ol>",
            '<ol><li value="2">a</li><li value="1">b</li></ol>',
        ),
        (
            "<ol reversed start=9><li>a<li value=5>b<li>c</ol>",
            '<ol start="9"><li value="9">a</li><li value="5">b</li>'
            '<li value="4">c</li></ol>',
        ),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul></ul>x", "x"),
        ("<ol>\n<li>a</li>\n</ol>", "<ol>\n<li>a</li>\n</ol>"),
    ),
)
def test_lists_keep_kind_start_and_items(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    (
        ('<span style="font-weight:700">a</span>', "<strong>a</strong>"),
        ('<span style="font-weight:400">a</span>', "a"),
        ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
        ('<b style="mso-bidi-font-weight:normal">a</b>', "<b>a</b>"),
        ('<span style="font-style:italic">a</span>', "<em>a</em>"),
        ('<span style="vertical-align:super">a</span>', "<sup>a</sup>"),
        ("<b><p>x</p><p>y</p></b>", "<p><b>x</b></p><p><b>y</b></p>"),
        ("<q>a</q>", "“a”"),
        (
            "<style>.c1{font-weight:700}</style><p><span class=c1>a</span></p>",
            "<p><strong>a</strong></p>",
        ),
        (
            "<style>@media print{.c1{font-weight:700}}</style><p class=c1>a</p>",
            "<p>a</p>",
        ),
    ),
)
def test_words_keep_their_emphasis(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    (
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
        ("<h2>a</h2><h3>b</h3>", "<h2>a</h2><h3>b</h3>"),
        ("<h2></h2><p>a</p>", "<p>a</p>"),
        ("<h2><br></h2><p>a</p>", "<p>a</p>"),
    ),
)
def test_headings_keep_their_order(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize("code", (0xFFFE, 0xFFFF, 0xFDD0, 0xD800, 0x1FFFE, 0x0B, 0x7F))
def test_forbidden_characters_go_on_every_way_in(code):
    assert clean(f"<p>a{chr(code)}b</p>") == "<p>ab</p>"
    assert chr(code) not in clean(f"<p>a&#{code};b</p>")
    assert chr(code) not in clean(f'<p><a href="/x" title="{chr(code)}&#{code};">b</a>')


class Recorder:
    """Stands for the sanitiser, and keeps what it was given."""

    def __init__(self):
        self.given = []

    def clean(self, html):
        self.given.append(html)
        return html


@pytest.mark.parametrize(
    "html",
    (
        "&#x" * 5000,
        "&amp;" * 5000,
        "<div>" * 3000 + "x",
        "<blockquote>" * 3000 + "x",
        "<ul><li>" * 3000 + "x",
        "<b>" * 3000 + "x" + "</b>" * 3000,
        "<table><tr><td>" * 1000 + "x",
    ),
)
def test_the_sanitiser_never_meets_what_it_is_slow_with(monkeypatch, html):
    """4 µs for each “&”, and seconds for thousands of elements within each other."""
    recorder = Recorder()
    monkeypatch.setattr(cleaning, "CLEANER", recorder)
    cleaned.__wrapped__(html)
    (given,) = recorder.given
    assert "&" not in given
    depth = most = 0
    for end in re.findall(r"<(/?)(?:[a-z]\w*)", given):
        depth += -1 if end else 1
        most = max(most, depth)
    assert most <= MAX_DEPTH * 2  # tbody is added


WORDS = st.sampled_from(
    "<p> </p> <div> </div> <b> </b> <ul> <li> </li> </ul> <table> <tr> <td> </td> "
    "</table> <h2> </h2> <a·href=#x> </a> <br> <s> </s> <blockquote> </blockquote> one "
    "two <dt> <span·hidden> </span> <img·src=/media/a.png> <h1> </h1> <sup> & < [[ ]] "
    "<caption> <figure> <figcaption> <p·id=x> <script> </script>".split()
)


@pytest.mark.slow
@given(st.lists(WORDS, max_size=14).map(lambda all_: "".join(all_).replace("·", " ")))
def test_what_is_clean_stays_as_it_is(html):
    once = clean(html)
    assert clean(once) == once
    assert cleaned(once).left_out == () or "leads" in cleaned(once).remarks[0]


@pytest.mark.slow
@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <div> </div> <ul> <li> </ul> <table> <td> </table> <h2> </h2> "
            "<dl> <dt> <dd> </dl> <blockquote> </blockquote> <h5> <section> "
            "<pre> <tr> <b> "
            "</b> <th> <figure> <figcaption> <details> <summary> <caption> <h1>".split()
        ),
        max_size=12,
    )
)
def test_no_word_is_lost_and_none_run_together(tags):
    html = "".join(f"{tag}w{number}" for number, tag in enumerate(tags))
    words = to_text(clean(html)).replace("wb", "w").split()
    # Inline tags join words, in any browser.
    joined = [w for word in words for w in re.findall(r"w\d+", word)]
    assert sorted(joined) == sorted(f"w{number}" for number in range(len(tags)))
    starts_block = [
        n for n, tag in enumerate(tags) if tag != "<b>" and not tag.startswith("</")
    ]
    for number in starts_block:
        assert not any(re.search(rf"w\d+w{number}\b", word) for word in words)


def test_what_browsers_put_behind_a_copy_is_no_empty_line():
    behind = '<br class="Apple-interchange-newline">'
    assert clean(f"<p>a</p>{behind}") == "<p>a</p>"


def test_words_that_word_strikes_twice_go_like_those_struck_once():
    struck = '<span style="text-line-through:double">x</span>'
    assert clean(f"<p>a{struck}</p>") == "<p>a</p>"
    assert "x" in clean(struck.replace("double", "none"))
