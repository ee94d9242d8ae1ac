"""“Did you mean”: the nearest words that live articles contain."""

import re
from difflib import get_close_matches

from django.db.models import QuerySet

from lawblog.html.richtext import to_text
from posts.models import Edition

from . import index
from .index import newest
from .query import MAX_QUERY_LENGTH, STOP, parse
from .stemming import WORD

MAX_WORDS = 6
NEWEST_EDITIONS = 50


class _Live:
    """The live editions, asked whether any of them holds some words. The index knows
    words of withdrawn and scheduled ones too."""

    def __init__(self, editions: QuerySet[Edition]) -> None:
        self.editions = editions
        # A common word is in one of these; the index would list all that have it.
        newest_ids = editions.order_by("-pk").values_list("pk", flat=True)[
            :NEWEST_EDITIONS
        ]
        self.recent = list(newest_ids)

    def hold(self, words: str) -> bool:
        return bool(self._holding(words))

    def spell(self, word: str) -> bool:
        """Whether a live edition has a word as it is spelled: it may be a withdrawn
        one's, of which others have the stem. Looked for in some that hold it."""
        rows = self.editions.filter(pk__in=self._holding(word))
        texts = rows.values_list("title", "summary", "body")
        # The first look is quick, and nearly always right.
        return any(
            word in " ".join(text).lower()
            and word in WORD.findall(to_text(" ".join(text)).lower())
            for text in texts
        )

    def _holding(self, words: str) -> list[int]:
        """The ids of some that hold the words, at most NEWEST_EDITIONS."""
        query = parse(words)
        if not query.wanted:
            return []
        held = index.holding(query, self.recent)
        some = [pk for pk in self.recent if pk in held]
        return some or newest(query, self.editions, NEWEST_EDITIONS)[0]


def suggestion(text: str, live: QuerySet[Edition]) -> str | None:
    """The text, in which the nearest word that a live edition holds stands in place of
    each that none holds; None where that finds nothing."""
    read = _Live(live)
    is_found = read.hold

    def better(match: re.Match[str]) -> str:
        word = match[0].lower()
        if word in STOP or len(word) < index.MIN_SUGGESTED_LENGTH or is_found(word):
            return match[0]
        near = get_close_matches(word, index.alike(word), n=3, cutoff=0.75)
        return next(filter(read.spell, near), match[0])

    better_text = WORD.sub(better, text[:MAX_QUERY_LENGTH], count=MAX_WORDS)
    changed = better_text != text[:MAX_QUERY_LENGTH]
    return better_text if changed and is_found(better_text) else None
