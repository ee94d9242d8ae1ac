"""The one tokenizer: what browsers see, and no word lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawblog.html.tokens import END, OTHER, RAW, START, TEXT, tokens


def kinds(html: str) -> list[tuple[str, str]]:
    return [(token.kind, token.name or token.raw) for token in tokens(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    (
        ("<p>a</p>", [(START, "p"), (TEXT, "a"), (END, "p")]),
        ("<P CLASS=x>", [(START, "p")]),
        ("a < b", [(TEXT, "a < b")]),
        ("1<2 <3", [(TEXT, "1<2 <3")]),
        ("<br/>", [(START, "br")]),
        ("<o:p></o:p>", [(START, "o:p"), (END, "o:p")]),
        ("<!-- <p> -->a", [(OTHER, "<!-- <p> -->"), (TEXT, "a")]),
        ("<!-->a", [(OTHER, "<!-->"), (TEXT, "a")]),
        ("<![if !x]>a", [(OTHER, "<![if !x]>"), (TEXT, "a")]),
        ("<!doctype html>", [(OTHER, "<!doctype html>")]),
        ("</ p>a", [(OTHER, "</ p>"), (TEXT, "a")]),
        ("<script>a<b</script>", [(START, "script"), (RAW, "a<b"), (END, "script")]),
        ("<title>a<b</title>", [(START, "title"), (TEXT, "a<b"), (END, "title")]),
        # What never ends swallows nothing.
        ("<!-- a <b>c", [(OTHER, "<!-- a <b>"), (TEXT, "c")]),
        ('<a href="x>b</a>', [(START, "a"), (TEXT, "b"), (END, "a")]),
        ("<title>a", [(START, "title"), (TEXT, "a")]),
        ("a<p", [(TEXT, "a<p")]),
    ),
)
def test_markup_is_told_from_text(html, expected):
    assert kinds(html) == expected


@pytest.mark.parametrize(
    ("html", "attributes"),
    (
        ("<a b=\"1\" c='2' d=3 e>", {"b": "1", "c": "2", "d": "3", "e": ""}),
        ('<a B="1" b="2">', {"b": "1"}),
        ('<a b="x>y">', {"b": "x>y"}),
        ('<a b = "1">', {"b": "1"}),
        ('<a b="&amp;&quot;&#65;">', {"b": '&"A'}),
        # A parameter of an address, not the sign ©.
        ('<a b="?x=1&copy=2">', {"b": "?x=1&copy=2"}),
        ("<a b=/c/d>", {"b": "/c/d"}),
        ("<img/>", {}),
    ),
)
def test_attributes_are_read_as_browsers_do(html, attributes):
    (token,) = tokens(html)
    assert token.attributes == attributes


def test_references_in_text_are_resolved():
    (token,) = tokens("a &amp; b &lt;p&gt; &eacute;")
    assert token.text == "a & b <p> é"


@given(st.text(alphabet="<>/!-\"'= abpscript&;#x\n", max_size=80))
def test_the_tokens_joined_are_the_document(html):
    assert "".join(token.raw for token in tokens(html)) == html


def test_tokens_step_in_and_out():
    found = [(t.raw, t.name, t.step) for t in tokens('<p>a<br>"</p>')]
    assert found == [
        ("<p>", "p", 1),
        ("a", "", 0),
        ("<br>", "br", 0),
        ('"', "", 0),
        ("</p>", "p", -1),
    ]
