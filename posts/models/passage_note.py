from collections import defaultdict

from django.conf import settings
from django.db import models

from lawblog.html.excerpts import excerpts
from lawblog.html.richtext import to_text

from .post import Post

MAX_NOTE_LENGTH = 2000
MAX_QUOTE_LENGTH = 600
# Of a quotation, what tells in which paragraph it begins.
BEGINNING_LENGTH = 40


class PassageNoteQuerySet(models.QuerySet["PassageNote"]):
    def of(self, post: Post) -> list["PassageNote"]:
        """The notes on an article in the order of its text, those on what is gone last;
        each with its `replies`, `block` (Excerpt.number; 0: none) and `is_gone`."""
        replies: dict[int | None, list[PassageNote]] = defaultdict(list)
        for row in self.filter(post=post.pk).select_related("author", "resolved_by"):
            replies[row.reply_to_id].append(row)
        notes = replies[None]
        if notes:
            text = f"{post.title} {post.summary} {to_text(post.body)}"
            text = " ".join(text.split())
            blocks = [(b.number, b.text) for b in excerpts(post.body)]
        for note in notes:
            note.replies = replies[note.pk]
            note.is_gone = note.quote not in text
            begins = note.quote[:BEGINNING_LENGTH]
            places = (number for number, words in blocks if begins in words)
            note.block = next(places, 0) if note.quote and not note.is_gone else 0
        return sorted(notes, key=lambda note: (note.is_gone, note.block, note.pk))


class PassageNote(models.Model):
    """What people of the desk tell each other of a passage. It is not part of the text:
    it stays when the passage goes, and no reader is ever shown it.

    quote: the words that it is about, with single spaces; "" for the whole article.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="passage_notes")
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="answers"
    )
    quote = models.TextField(blank=True)
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = PassageNoteQuerySet.as_manager()

    # Set by of(), and of an answer that was refused.
    replies: list["PassageNote"]
    typed = ""
    block = 0
    is_gone = False

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Note by {self.author_name}"


def quotation(words: str) -> str:
    """Words as a note quotes them: single spaces, and not too many."""
    return " ".join(words.split())[:MAX_QUOTE_LENGTH].strip()
