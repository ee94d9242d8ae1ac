"""“Did you mean”: the nearest words that live articles really hold."""

from difflib import get_close_matches

from . import index
from .matching import newest
from .query import LONGEST, STOP, parse
from .words import WORD

MOST_WORDS = 6
RECENT = 50


def suggestion(text, live):
    """The text with each word that no live edition (a queryset) holds replaced by
    the nearest that one does; None where that finds nothing.

    The index knows words of withdrawn and scheduled editions too, so that each word
    offered is looked up among the live ones.
    """

    # A common word is in one of them; the index would list all that have it.
    recent = list(live.order_by("-pk").values_list("pk", flat=True)[:RECENT])

    def is_found(words):
        query = parse(words)
        if not query.wanted:
            return False
        held = index.holding(query, recent)
        return not held.isdisjoint(recent) or bool(newest(live, query, 1)[0])

    def better(match):
        word = match[0].lower()
        if word in STOP or len(word) < index.SHORTEST or is_found(word):
            return match[0]
        near = get_close_matches(word, index.alike(word), n=3, cutoff=0.75)
        return next(filter(is_found, near), match[0])

    better_text = WORD.sub(better, text[:LONGEST], count=MOST_WORDS)
    changed = better_text != text[:LONGEST]
    return better_text if changed and is_found(better_text) else None
