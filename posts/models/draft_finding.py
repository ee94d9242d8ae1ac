from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone

from lawblog.html.excerpts import excerpts
from lawblog.html.left_out import shortened

from .post import Post

MAX_LENGTH = 600  # characters, of a sentence and of a place


class DraftFindingQuerySet(models.QuerySet["DraftFinding"]):
    def note(self, post: Post, found: Iterable[tuple[str, str]]) -> None:
        """Keep (sentence, place) pairs with a saved draft, each once while it is open.

        place: words beside it, or of what was left out; "" for the article as a whole.
        """
        known = {(row.sentence, row.place) for row in self.open_in(post)}
        pairs = dict.fromkeys(
            (shortened(sentence, MAX_LENGTH), shortened(place, MAX_LENGTH))
            for sentence, place in found
        )
        texts = list(_texts(post).values())
        self.bulk_create(
            DraftFinding(
                post=post, sentence=sentence, place=place, passage=holder(place, texts)
            )
            for sentence, place in pairs
            if (sentence, place) not in known
        )

    def open_in(self, post: Post) -> list["DraftFinding"]:
        """Those that nobody ticked and whose passage reads as it did, each with its
        `block` (Excerpt.number; 0: the article as a whole)."""
        rows = list(self.filter(post=post.pk, ticked_at=None)) if post.pk else []
        numbers = (
            {text: number for number, text in _texts(post).items()} if rows else {}
        )
        for row in rows:
            row.block = max(0, numbers.get(row.passage, 0))
        return [row for row in rows if not row.passage or row.passage in numbers]

    def tick(self, by: models.Model | None) -> int:
        """Somebody has looked at them; how many were open."""
        return self.filter(ticked_at=None).update(
            ticked_at=timezone.now(), ticked_by=by
        )


class DraftFinding(models.Model):
    """What was left out of a draft, or looks wrong in it. It is open until the attorney
    ticks it, or the passage that it is about reads otherwise.

    passage: the paragraph, heading, title or summary that holds `place`; "" if none.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="draft_findings")
    sentence = models.CharField(max_length=MAX_LENGTH)
    place = models.CharField(max_length=MAX_LENGTH, blank=True)
    passage = models.TextField(blank=True)
    ticked_at = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = DraftFindingQuerySet.as_manager()

    # Set by open_in().
    block = 0

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.sentence


def _texts(post: Post) -> dict[int, str]:
    """{number: words} of the text's blocks; title and summary have none of theirs."""
    found = {-2: _tidy(post.title), -1: _tidy(post.summary)}
    found |= {block.number: block.text for block in excerpts(post.body)}
    return {number: text for number, text in found.items() if text}


def holder(place: str, texts: Iterable[str]) -> str:
    """The text that holds the words of a place; of “click here (https://…)” those
    before the address count as well.

    >>> holder("click here (https://…)", ["Or click here.", "Here"])
    'Or click here.'
    """
    texts = list(texts)
    for words in (place, place.rpartition(" (")[0]):
        words = _tidy(words).strip("…“”").strip()
        if words and (found := next((t for t in texts if words in t), "")):
            return found
    return ""


def _tidy(text: str) -> str:
    return " ".join(text.split())
