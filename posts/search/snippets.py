"""Where in a text the words are, as (text, is a hit) pairs for a template. Pure."""

from .law_words import law_spans

WORDS = 36


def marked(text, language, stems):
    """The whole text in pairs."""
    return _pairs(text, law_spans(text, language, stems), stems, 0, len(text))


def snippet(text, language, stems):
    """The WORDS words with the most different hits in pairs; [] without a hit."""
    words = law_spans(text, language, stems)
    hits = [n for n, (_, _, stem) in enumerate(words) if stem in stems]
    if not hits:
        return []
    best = max(hits[:200], key=lambda n: len({w[2] for w in words[n : n + 24]} & stems))
    first = max(0, best - 8)
    chosen = words[first : first + WORDS]
    start, end = chosen[0][0], chosen[-1][1]
    pairs = _pairs(text, chosen, stems, start, end)
    before = [("… ", False)] if first else []
    after = [(" …", False)] if first + WORDS < len(words) else [(text[end:], False)]
    return [*before, *pairs, *after]


def _pairs(text, words, stems, start, end):
    pairs = []
    for begins, ends, stem in words:
        if stem in stems:
            pairs += [(text[start:begins], False), (text[begins:ends], True)]
            start = ends
    return [pair for pair in [*pairs, (text[start:end], False)] if pair[0]]
