"""What a check says of an article, and where."""

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import quote

MUST, SHOULD = "must", "should"
EXCERPT_LENGTH = 80  # characters


class KeptFinding(TypedDict):
    """A Finding as an edition keeps it."""

    sentence: str
    excerpt: str
    block: int


@dataclass(frozen=True)
class Finding:
    """severity: MUST or SHOULD; block: its number in the text (Excerpt.number), 0 for
    the article as a whole; excerpt: the words there; field: of the form, where it is to
    be put right, "" for no one place."""

    severity: str
    sentence: str
    excerpt: str = ""
    block: int = 0
    field: str = ""

    @property
    def place(self) -> str:
        """The field of the form that it is about; "" for the article as a whole."""
        return self.field or ("body" if self.block or self.excerpt else "")

    @property
    def fragment(self) -> str:
        """What takes a browser to the words when it follows the preview's address."""
        words = quote(self.excerpt.strip("…"), safe="").replace("-", "%2D")
        return f"#:~:text={words}" if self.block and words else ""

    def as_record(self) -> KeptFinding:
        return {
            "sentence": self.sentence,
            "excerpt": self.excerpt,
            "block": self.block,
        }


def around(text: str, start: int = 0) -> str:
    """At most EXCERPT_LENGTH characters around a place, cut between words."""
    begin = text.rfind(" ", 0, max(0, start - EXCERPT_LENGTH // 2)) + 1
    if len(text) - begin <= EXCERPT_LENGTH:
        return ("…" if begin else "") + text[begin:]
    cut = text[begin : begin + EXCERPT_LENGTH]
    return ("…" if begin else "") + (cut.rsplit(" ", 1)[0] or cut) + "…"
