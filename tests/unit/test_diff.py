"""Two bodies compared as a reader would: words, headings, lists, pictures, links."""

import random

import pytest
from django.template.loader import render_to_string

from lawblog.html import diff
from lawblog.html.diff import Run, compare


def told(before, after, **options):
    """[(kind, words with [-removed-] and {+added+})] of a comparison."""
    marks = {"same": "{}", "ins": "{{+{}+}}", "del": "[-{}-]"}
    return [
        (
            block.kind,
            block.count or "".join(marks[p.op].format(p.text) for p in block.runs),
        )
        for block in compare(before, after, **options)
    ]


@pytest.mark.parametrize(
    "before, after, expected",
    [
        ("", "", []),
        ("<p>One.</p>", "<p>One.</p>", [("same", "One.")]),
        (
            "<p>A judge decides today.</p>",
            "<p>A judge decides soon.</p>",
            [("changed", "A judge decides[- today.-]{+ soon.+}")],
        ),
        ("", "<h2>New</h2>", [("added", "{+New+}")]),
        ("<p>Old &amp; gone</p>", "", [("removed", "[-Old & gone-]")]),
        # A heading made of a paragraph is more than its words.
        (
            "<p>Bond</p>",
            "<h2>Bond</h2>",
            [("removed", "[-Bond-]"), ("added", "{+Bond+}")],
        ),
        (
            "<ul><li>One fee</li></ul>",
            "<ul><li>One fee</li><li>Two</li></ul>",
            [("same", "One fee"), ("added", "{+Two+}")],
        ),
        # Emphasis, where a link leads, and which picture: seen though no word moved.
        (
            "<p>You must file.</p>",
            "<p>You <strong>must</strong> file.</p>",
            [("changed", "You[- must-]{+ must+} file.")],
        ),
        (
            '<p>See <a href="/a/">here</a></p>',
            '<p>See <a href="/b/">here</a></p>',
            [("changed", "See here[- [link: /a/]-]{+ [link: /b/]+}")],
        ),
        (
            '<p>Look <img src="/media/a.png" alt="A map"></p>',
            '<p>Look <img src="/media/b.png" alt="A map"></p>',
            [("changed", "Look[- [picture: A map]-]{+ [picture: A map]+}")],
        ),
        (
            "<ul><li>One</li></ul>",
            "<ol><li>One</li></ol>",
            [("removed", "[-One-]"), ("added", "{+One+}")],
        ),
        (
            "<blockquote><p>Said so</p></blockquote>",
            "<p>Said so</p>",
            [("removed", "[-Said so-]"), ("added", "{+Said so+}")],
        ),
        (
            "<p>un<em>like</em>ly</p>",
            "<p>un<em>like</em>ly</p>",
            [("same", "unlikely")],
        ),
        ("Bare words", "Bare words too", [("changed", "Bare words{+ too+}")]),
    ],
)
def test_changes_are_told_word_by_word(before, after, expected):
    assert told(before, after) == expected


def test_long_unchanged_stretches_are_folded():
    same = "".join(f"<p>Paragraph {n} stays.</p>" for n in range(12))
    assert told(same, same) == [("folded", 12)]
    assert told(f"{same}<p>End</p>", f"{same}<p>Fin</p>") == [
        ("folded", 11),
        ("same", "Paragraph 11 stays."),
        ("removed", "[-End-]"),
        ("added", "{+Fin+}"),
    ]


def test_a_new_paragraph_does_not_mark_those_after_it():
    old = "".join(f"<p>Paragraph {n} stays.</p>" for n in range(5))
    assert told(old, f"<p>First of all.</p>{old}", fold=False)[1:] == [
        ("same", f"Paragraph {n} stays.") for n in range(5)
    ]


def test_both_sides_can_be_read_back():
    """Nothing of either text is lost or made up, whatever was changed."""
    dice = random.Random(1)  # noqa: S311 - not a secret
    words = "the a judge bond court may not file fee hearing".split()

    def body():
        tags = dice.choices(["p", "h2", "li"], k=dice.randrange(9))
        texts = [" ".join(dice.choices(words, k=dice.randrange(1, 12))) for _ in tags]
        pairs = zip(tags, texts, strict=True)
        return "".join(f"<{t}>{s}</{t}>" for t, s in pairs), texts

    for _ in range(200):
        (before, old), (after, new) = body(), body()
        blocks = compare(before, after, fold=False)
        for side, texts in (("del", old), ("ins", new)):
            read = [
                "".join(p.text for p in block.runs if p.op in ("same", side))
                for block in blocks
            ]
            assert [text.strip() for text in read if text] == texts


def article(words, dice):
    vocabulary = [f"word{n}" for n in range(3000)] + ["the", "of", "to"] * 200
    return [" ".join(dice.choices(vocabulary, k=80)) + "." for _ in range(words // 80)]


WORST = {
    "one changed word in each paragraph": lambda texts: [f"New {t}" for t in texts],
    "all rewritten": lambda texts: article(10_000, random.Random(2)),  # noqa: S311
    "one endless paragraph": lambda texts: [" ".join(texts)],
    "the same line over and over": lambda texts: ["word1"] * 10_000,
    "two words in turn": lambda texts: ["word1 word2 " * 5_000],
}


@pytest.mark.slow
@pytest.mark.parametrize("case", WORST)
def test_work_does_not_grow_with_the_square_of_the_length(case, monkeypatch):
    """Counted in pairs handed to difflib, not in seconds."""
    handed = []

    class Counting(diff.SequenceMatcher):
        def __init__(self, _, a, b, autojunk):
            counts = diff.Counter(b)
            handed.append(sum(counts[item] for item in a))
            super().__init__(None, a, b, autojunk=autojunk)

    monkeypatch.setattr(diff, "SequenceMatcher", Counting)
    texts = article(10_000, random.Random(1))  # noqa: S311
    changed = [t.replace("the", "that") for t in WORST[case](texts)]
    before, after = ("<p>" + "</p><p>".join(side) + "</p>" for side in (texts, changed))
    compare(before, after)
    compare(after, after.replace("word1", "word2", 5).replace("word2 ", "word3 ", 9))
    # All pairs would be a hundred million.
    assert sum(handed) < 1_500_000


def test_the_words_are_escaped_and_shown_as_prose():
    blocks = compare("<h2>Fee</h2>", "<h2>Fee</h2><p>1 &lt; 2 <em>now</em></p>")
    page = render_to_string("admin/_diff.html", {"blocks": blocks})
    assert '<h2 class="same">Fee' in page
    assert "<ins>1 &lt; 2</ins><ins><em> now</em></ins>" in page
    assert blocks[1].runs == [Run("ins", "1 < 2"), Run("ins", " now", "em")]
