"""Whatever of an HTML goes is said, and where links lead."""

import pytest

from lawblog.html.cleaning import clean, cleaned


@pytest.mark.parametrize(
    ("html", "kept", "said"),
    (
        ("<p>a <s>b</s><strike>c</strike> d</p>", "<p>a  d</p>", "2 struck passages"),
        ("<p>a <del>b</del> d</p>", "<p>a  d</p>", "1 deleted passage"),
        ("<p>a <span class=msoDel>b</span>d</p>", "<p>a d</p>", "1 deleted passage"),
        ("<del><p>a</p><p>b</p></del><p>c</p>", "<p>c</p>", "1 deleted passage"),
        ("<p>a<ins>b</ins></p>", "<p>ab</p>", ""),
        ("<xml><w:Zoom>0</w:Zoom></xml><p>a</p>", "<p>a</p>", ""),
        (
            '<p>a<span style="text-decoration: underline line-through">b</span></p>',
            "<p>a</p>",
            "1 struck passage",
        ),
        (
            '<p>a<span style="TEXT-DECORATION-LINE:line-through">b</span></p>',
            "<p>a</p>",
            "1 struck passage",
        ),
        (
            "<style>.c{text-decoration:line-through}</style><p>a<i class=c>b</i></p>",
            "<p>a</p>",
            "1 struck passage",
        ),
        ('<p>a<span style="display: none">b</span></p>', "<p>a</p>", "1 hidden"),
        ('<p>a<span style="mso-hide:all">b</span></p>', "<p>a</p>", "1 hidden"),
        ("<p>a<span hidden>b</span></p>", "<p>a</p>", "1 hidden passage"),
        ("<p>a<iframe src='https://x.example/'>z</iframe></p>", "<p>a</p>", "1 frame"),
        ("<video src='/v'>z</video>a", "a", "1 video or sound"),
        ("a<svg><text>z</text></svg>", "a", "1 drawing"),
        ("a<select><option>z</select><textarea>y</textarea>", "a", "2 form fields"),
        ("<script>z</script>a", "a", "1 script"),
        ("<h3></h3>a", "a", "1 empty heading"),
        ("<style>z</style>a", "a", ""),
        ("<p>a<s> </s></p>", "<p>a</p>", ""),
    ),
)
def test_what_is_not_text_goes_and_is_said(html, kept, said):
    result = cleaned(html)
    assert result.html == kept
    assert result.summary.startswith(said) and bool(result.summary) == bool(said)


@pytest.mark.parametrize(
    ("source", "said"),
    (
        ("https://x.example/a.png", "“A map” (https://x.example/a.png)"),
        ("//x.example/a.png", "“A map” (//x.example/a.png)"),
        ("file:///C:/a.png", "“A map” (file:///C:/a.png)"),
        ("data:image/png;base64,AAAA", "“A map”"),
        ("/other/a.png", "“A map” (/other/a.png)"),
        ("/media/../a.png", "“A map” (/media/../a.png)"),
    ),
)
def test_a_picture_that_is_not_ours_is_said_with_address_and_description(source, said):
    result = cleaned(f'<p>a <img src="{source}" alt="A map"> b</p>')
    assert result.html == "<p>a  b</p>"
    assert result.summary.startswith("1 picture")
    assert said in result.remarks[1]


@pytest.mark.parametrize(
    "html",
    (
        '<img srcset="https://x.example/a.png 2x, https://x.example/b.png 3x">',
        '<picture><source srcset="https://x.example/a.png"><img></picture>',
    ),
)
def test_a_picture_of_several_files_is_said_by_its_first(html):
    assert "(https://x.example/a.png)" in cleaned(html).remarks[1]


def test_what_went_is_said_in_one_sentence():
    html = '<p><img src="https://x/1"><img src="https://x/2">a<del>b</del><s>c</s></p>'
    assert cleaned(html).summary == (
        "2 pictures from another site, 1 deleted passage and 1 struck passage were "
        "left out."
    )


def test_nothing_is_said_of_what_our_own_toolbar_makes():
    html = '<h2>a</h2><p>b <strong>c</strong> <a href="https://x.example/">d</a></p>'
    assert cleaned(html).remarks == []


@pytest.mark.parametrize(
    ("html", "kept", "said"),
    (
        (
            '<p><a href="#b">x</a></p><h2 id="b">Part two</h2>',
            'href="#part-two"',
            False,
        ),
        (
            '<p><a href="#b">x</a></p><h2><a name="b"></a>Part two</h2>',
            'href="#part-two"',
            False,
        ),
        (
            '<p><a href="#b">x</a></p><a id=b></a><h2>Part two</h2>',
            'href="#part-two"',
            False,
        ),
        (
            '<p><a href="#part-two">x</a></p><h2>Part two</h2>',
            'href="#part-two"',
            False,
        ),
        (
            '<p><a href="#part-two-2">x</a></p><h2>Part two</h2><h2>Part two</h2>',
            'href="#part-two-2"',
            False,
        ),
        ('<p><a href="#top">x</a></p>', "<p>x</p>", True),
        ('<p><a href="#_ftnref1">x</a></p>', "<p>x</p>", True),
        ('<p><a href="#b">x</a></p><p id=b>y</p>', "<p>x</p><p>y</p>", True),
    ),
)
def test_a_link_within_the_text_leads_to_a_heading_or_is_said(html, kept, said):
    result = cleaned(html)
    assert kept in result.html
    assert any("leads to no place" in remark for remark in result.remarks) == said


@pytest.mark.parametrize("address", ("http://", "https:///", "mailto:"))
def test_a_link_that_nobody_filled_in_is_said(address):
    found = cleaned(f'<p><a href="{address}">a</a></p>')
    assert found.html == "<p>a</p>" and "leads to no address" in found.remarks[0]


def test_a_link_to_a_refused_address_is_said():
    result = cleaned('<a href="java\nscript:a()">words</a>')
    assert result.html == "words"
    assert "“words”" in result.remarks[0]


def test_a_link_leads_to_its_page_and_not_by_way_of_who_counts_readers():
    meant = "https://www.uscis.gov/i-130?a=1"
    escaped = "https%3A%2F%2Fwww.uscis.gov%2Fi-130%3Fa%3D1"
    for wrapped in (
        f"https://nam02.safelinks.protection.outlook.com/?url={escaped}&amp;data=05",
        f"https://www.google.com/url?q={escaped}&amp;sa=D&amp;ust=1",
        f"https://www.google.com/url?sa=t&amp;url={escaped}",
        f"https://l.facebook.com/l.php?u={escaped}&amp;h=x",
    ):
        assert f'href="{meant}"' in clean(f'<a href="{wrapped}">x</a>'), wrapped
    for other in (
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/search?q=https://x.example/",
        "https://evil.example/?url=https://x.example/",
    ):
        assert f'href="{other}"' in clean(f'<a href="{other}">x</a>'), other
