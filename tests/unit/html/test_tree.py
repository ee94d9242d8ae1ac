"""Elements end where a browser ends them."""

import pytest

from lawblog.html.element import Element
from lawblog.html.serializing import inner_html
from lawblog.html.tree import MAX_DEPTH, parse


@pytest.mark.parametrize(
    ("html", "expected"),
    (
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul>",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        ),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>d",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d",
        ),
        ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
        ("<b>1<i>2</b>3</i>4", "<b>1<i>2</i></b><i>3</i>4"),
        ("<p><b>x<p>y</b>z", "<p><b>x</b></p><p><b>y</b>z</p>"),
        ("<a href=1>x<a href=2>y</a>", '<a href="1">x</a><a href="2">y</a>'),
        ("<h1>a<h2>b</h3>c", "<h1>a</h1><h2>b</h2>c"),
        ("</div>a</p>", "a<p></p>"),
        ("<td>a</p></td>", "<td>a<p></p></td>"),
    ),
)
def test_implied_ends(html, expected):
    assert inner_html(parse(html)) == expected


def depth(element: Element) -> int:
    inner = [c for c in element.children if isinstance(c, Element)]
    return 1 + max(map(depth, inner), default=0)


@pytest.mark.parametrize("tag", ("div", "b", "ul><li", "table><tr><td", "b><p"))
def test_a_tree_has_a_bounded_depth_and_all_the_words(tag):
    root = parse(f"<{tag}>x" * 3000)
    assert depth(root) <= MAX_DEPTH + 1
    assert root.text().replace(" ", "") == "x" * 3000


@pytest.mark.slow
def test_copies_of_cut_formatting_come_to_an_end():
    root = parse("<i><b><a href=x><p>" * 5000)
    assert sum(1 for _ in root.walk()) < 25_000


def test_text_has_a_space_where_a_block_ends():
    root = parse("<div>a</div><div>b</div>c<br>d<style>p{}</style>")
    assert root.text() == "a b c d"


def test_what_is_removed_is_returned_and_gone():
    root = parse("<p>a<i>b</i></p><i>c<i>d</i></i>")
    gone = root.remove(lambda e: e.name == "i")
    assert [e.text() for e in gone] == ["c d".replace(" ", ""), "b"]
    assert root.text() == "a"
