"""What the checks find in an article's words, and where they point."""

from datetime import date

import pytest

from lawblog.html.excerpts import excerpts
from posts.checks import MUST, SHOULD, check
from posts.checks.readability import grade


def findings(body="<p>Words.</p>", **fields):
    fields = {
        "title": "A title",
        "summary": "A summary.",
        "law_as_of": date(2026, 11, 2),
        "language": "en",
        **fields,
    }
    return check(body=body, **fields)


def kinds(found):
    return [(finding.severity, finding.block) for finding in found]


@pytest.mark.parametrize(
    "body, block",
    [
        ('<p>One.</p><p><img src="/media/a.png"></p>', 2),
        ('<p>One.</p><p><img src="/media/a.png" alt=""></p>', 2),
        ('<p>One.</p><p><img src="/media/a.png" alt="  "></p>', 2),
        ("<h3>Too low</h3>", 1),
        ("<h2>Right</h2><p>One.</p><h4>Too low</h4>", 3),
        ('<p>One.</p><p>See <a href="/offices/"></a></p>', 2),
        ('<p>See <a href="https://a.example/">https://a.example/</a></p>', 1),
        ('<p>See <a href="https://a.example/">www.a.example</a></p>', 1),
        (
            '<ul><li>One.</li><li><a href="/a/"><img src="/media/a.png"></a></li></ul>',
            2,
        ),
    ],
)
def test_what_must_be_mended_is_found_in_its_place(body, block):
    found = findings(body)
    assert found and set(kinds(found)) == {(MUST, block)}


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="/media/a.png" alt="A form"></p>',
        '<p><img src="/media/a.png" alt="" role="presentation"></p>',
        "<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2>",
        '<p>See <a href="/offices/">our offices</a>.</p>',
        '<p><a href="/a/"><img src="/media/a.png" alt="The form"></a></p>',
    ],
)
def test_what_is_right_is_left_alone(body):
    assert findings(body) == []


@pytest.mark.parametrize(
    "fields, severity",
    [
        ({"summary": " "}, MUST),
        ({"law_as_of": None}, MUST),
        ({"title": "A" * 61}, SHOULD),
        ({"title": "A" * 60}, None),
    ],
)
def test_the_article_as_a_whole(fields, severity):
    assert kinds(findings(**fields)) == ([(severity, 0)] if severity else [])


@pytest.mark.parametrize(
    "text, words",
    [
        ("We are the best.", ["best"]),
        ("The #1 firm, with top lawyers", ["#1", "top"]),
        ("We guarantee it; guaranteed!", ["guarantee", "guaranteed"]),
        ("Experts and specialists", ["Experts", "specialists"]),
        ("We won: see our results", ["won", "results"]),
        ("Éxito garantizado por expertos", ["garantizado", "expertos"]),
        ("El  mejor abogado", ["El  mejor"]),
        ("A wonder on a topic, the bestowed expertise", ["expertise"]),
        ("Stop the laptop", []),
        ("She said “we are the best” and «garantizado»", []),
        ("“Quoted” and best “again”", ["best"]),
    ],
)
def test_claims_are_whole_words_outside_quotes(text, words):
    from lawblog.watched_words import claims

    assert [word for word, _, _ in claims(text)] == words


def test_a_quoted_passage_makes_no_claim():
    body = "<blockquote><p>The best.</p></blockquote><p>The best.</p>"
    assert kinds(findings(body)) == [(SHOULD, 2)]


@pytest.mark.parametrize(
    "body, block",
    [
        ("<p>One.</p><p>Two[[unclosed.</p>", 2),
        ("<p>One.</p><p>Two]] unopened.</p>", 2),
        ("<h2>A heading[[with a note]]</h2>", 1),
        ('<p>See <a href="/offices/">us[[a note]]</a>.</p>', 1),
        ("<p>One[[with [[one]] in it]].</p>", 1),
    ],
)
def test_brackets_that_readers_would_see_are_told(body, block):
    (found,) = findings(body)
    assert (found.severity, found.block) == (SHOULD, block)
    assert "Readers will see these double brackets." in found.sentence


def test_a_note_is_no_part_of_its_sentence_and_is_checked_all_the_same():
    note = f"[[{'word ' * 30}end.]]"
    assert findings(f"<p>{'word ' * 30}{note} end.</p>") == []
    assert kinds(findings("<p>One.</p><p>Two[[The best.]].</p>")) == [(SHOULD, 2)]


@pytest.mark.parametrize("words, found", [(40, 0), (41, 1)])
def test_very_long_sentences(words, found):
    body = f"<p>Short one. {'word ' * (words - 1)}end. See 8 C.F.R. 1003.1 here.</p>"
    assert len(findings(body)) == found


@pytest.mark.parametrize(
    "text, language, low, high",
    [
        ("The judge is here. We can talk to you now. " * 12, "en", -2, 4),
        (
            "Notwithstanding jurisdictional considerations, administrative "
            "adjudication necessitates comprehensive documentation. " * 13,
            "en",
            16,
            60,
        ),
        ("El juez está aquí. Usted puede hablar. " * 16, "es", 5, 7),
        (
            "La determinación administrativa jurisdiccional correspondiente "
            "condicionará considerablemente las consideraciones procedimentales "
            "internacionales. " * 12,
            "es",
            12,
            16,
        ),
    ],
)
def test_the_grade_tells_easy_from_hard_in_both_languages(text, language, low, high):
    assert low <= grade(text, language) <= high


def test_a_short_text_has_no_grade():
    assert grade("word " * 99, "en") is None


def test_the_excerpt_and_the_link_lead_to_the_words():
    before = "word " * 60
    (finding,) = findings(f"<p>{before}. The well-known best of all.</p>")[:1]
    assert finding.excerpt.startswith("…") and "best" in finding.excerpt
    assert len(finding.excerpt) <= 82
    assert finding.fragment.startswith("#:~:text=") and "-" not in finding.fragment


@pytest.mark.parametrize(
    "html, tags",
    [
        ("<p>a</p><ul><li>b</li></ul>", ["p", "li"]),
        ("loose <b>words</b><p>a</p>", ["p", "p"]),
        ("<blockquote>a<p>b</p></blockquote>c", ["p", "p", "p"]),
        ("<table><tr><th>a</th><td>b</td></tr></table>", ["th", "td"]),
        ("", []),
    ],
)
def test_passages_are_read_in_order(html, tags):
    found = excerpts(html)
    assert [excerpt.tag for excerpt in found] == tags
    assert [excerpt.number for excerpt in found] == list(range(1, len(tags) + 1))


@pytest.mark.slow
def test_a_very_long_article_is_checked_to_its_end():
    body = "<h2>Part</h2><p>The attorney considered the best obligations.</p>" * 6_000
    assert len(findings(body)) == 6_000
