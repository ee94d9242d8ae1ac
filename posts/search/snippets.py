"""Excerpts around the words that were found, as (text, is a hit) pairs. Pure."""

import re

from lawblog.html.richtext import to_text
from posts.reading.notes import in_parentheses

from .extra_tokens import Place, spans_with_tokens

SNIPPET_WORDS = 36
_HEADING_ENDS = re.compile("</h[1-6]>")

Pairs = list[tuple[str, bool]]


def plain(body: str) -> str:
    """A cleaned text for one line of a list: its headings set off from what follows
    them, its notes in parentheses."""
    return in_parentheses(to_text(_HEADING_ENDS.sub(r" –\g<0>", body)))


def marked(text: str, language: str, stems: set[str]) -> Pairs:
    """The whole text in pairs."""
    return _pairs(text, spans_with_tokens(text, language, stems), stems, 0, len(text))


def snippet(text: str, language: str, stems: set[str]) -> Pairs:
    """In pairs, the SNIPPET_WORDS words among which are the most different hits; []
    without a hit."""
    words = spans_with_tokens(text, language, stems)
    hits = [n for n, (_, _, stem) in enumerate(words) if stem in stems]
    if not hits:
        return []
    best = max(hits[:200], key=lambda n: len({w[2] for w in words[n : n + 24]} & stems))
    first = max(0, best - 8)
    chosen = words[first : first + SNIPPET_WORDS]
    start, end = chosen[0][0], chosen[-1][1]
    pairs = _pairs(text, chosen, stems, start, end)
    before = [("… ", False)] if first else []
    after = (
        [(" …", False)] if first + SNIPPET_WORDS < len(words) else [(text[end:], False)]
    )
    return [*before, *pairs, *after]


def _pairs(
    text: str, words: list[Place], stems: set[str], start: int, end: int
) -> Pairs:
    pairs: Pairs = []
    for begins, ends, stem in words:
        if stem in stems:
            pairs += [(text[start:begins], False), (text[begins:ends], True)]
            start = ends
    return [pair for pair in [*pairs, (text[start:end], False)] if pair[0]]
