"""An article's HTML as Markdown: nothing is lost, and what can be is Markdown."""

import re

import pytest
from markdown_it import MarkdownIt

from lawblog.html.cleaning import clean
from posts.exporting.markdown import to_markdown
from posts.samples import sample_text


@pytest.mark.parametrize(
    "html, text",
    [
        ("<p>Plain words.</p>", "Plain words."),
        ("<h2>One</h2><p>Two <strong>bold</strong></p>", "## One\n\nTwo **bold**"),
        ("<p><em>a</em> <strong>b</strong></p>", "*a* **b**"),
        ('<p><a href="/posts/x/">x</a></p>', "[x](</posts/x/>)"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<hr>", "---"),
        # What Markdown would take for its own.
        ("<p>1. 2* 3_ [[a note]] `x` &lt;b&gt;</p>", None),
        ("<p># no heading</p><p>- no list</p>", "\\# no heading\n\n\\- no list"),
        ("<p>2026) none</p><p>9. b</p>", "2026\\) none\n\n9\\. b"),
        ("<p>a ** b</p><p>a_b_c</p><p>\\</p><p>&amp;amp; &amp;</p>", None),
        # What it has no sign for.
        ('<p lang="ar" dir="rtl">ok</p>', '<p lang="ar" dir="rtl">ok</p>'),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        ('<ol type="a" start="3"><li>c</li></ol>', None),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", None),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>", None),
        ('<p><img src="/media/pictures/a.jpg" alt="A" width="1" height="2"></p>', None),
        ("<p>a <strong>b </strong>c</p>", None),
        ("<p>one\n\n\ntwo</p>", None),
        ('<p><a href="https://e.com/a_(b)?c=1&amp;d=2">x</a></p>', None),
        ("<p>~~~</p><p>```</p><p>=====</p><p>+ a</p><p>|a|b|</p>", None),
        ("<p>«Ñandú» — “x” 日本 🙂</p>", "«Ñandú» — “x” 日本 🙂"),
    ],
)
def test_what_is_written_reads_as_the_same(html, text):
    written = to_markdown(html)
    if text is not None:
        assert written == f"{text}\n"
    assert rendered(written) == tidy(clean(html))


def rendered(text):
    return tidy(clean(MarkdownIt("commonmark", {"html": True}).render(text)))


def tidy(html):
    """Without the spaces that no reader sees: around blocks and after a break."""
    html = re.sub(r"\s+", " ", html)
    return re.sub(
        r" ?(</?(?:p|h2|ul|ol|li|blockquote|table|br|hr)\b[^>]*>) ?", r"\1", html
    )


def test_the_sample_articles_come_back_from_markdown():
    for number in range(1, 40):
        body = sample_text.article(number)[3]
        assert rendered(to_markdown(body)) == tidy(clean(body))
