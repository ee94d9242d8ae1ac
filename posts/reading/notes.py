"""Footnotes, written inline: words[[The text of the note.]] go on. Pure."""

import re

from lawblog.html.richtext import to_text
from lawblog.html.tokens import tokens

# What a note may hold; anything else ends the paragraph that it stands in.
INLINE = {"a", "b", "br", "em", "i", "strong", "sub", "sup", "time"}
# Links cannot be nested, and a heading is also read by itself.
NOT_IN = {"a", "h2", "h3", "h4", "summary"}
# Of "]]]" the last two close: “[[See the order of [2020]]]”.
_MARK = re.compile(r"(\[\[|\]\](?!\]))")
_NOTE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)+)\]\](?!\])", re.DOTALL)
REFERENCE = (
    '<sup class="ref"><a id="noteref:{0}" href="#note:{0}" role="doc-noteref">{0}</a>'
    "</sup>"
)
IN_A_FEED = "<sup>{0}</sup>"


def extract_notes(html: str, reference: str = REFERENCE) -> tuple[str, list[str]]:
    """Cleaned HTML → (the HTML with a numbered reference for each note, its notes as
    a list of HTML). Brackets that make no pair within one paragraph, or stand in a
    heading or a link, stay as they were typed."""
    reader = _Reader(reference)
    for token in tokens(html):
        part, name, step = token.raw, token.name, token.step
        if name:
            reader.tag(part, name, step)
        else:
            for bit in _MARK.split(part):
                reader.text(bit)
    return "".join(reader.out), reader.notes


class _Reader:
    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.out: list[str] = []
        self.notes: list[str] = []
        # Where in `out` the note being read begins.
        self.start: int | None = None
        self.inner: list[str] = []
        self.barred = 0

    def tag(self, part: str, name: str, step: int) -> None:
        self.barred += step if name in NOT_IN else 0
        if name not in INLINE or (step < 0 and self.inner[-1:] != [name]):
            self.start = None
        elif step > 0:
            self.inner.append(name)
        elif step < 0:
            self.inner.pop()
        self.out.append(part)

    def text(self, bit: str) -> None:
        if bit == "[[" and not self.barred:
            self.start, self.inner = len(self.out), []
        elif bit == "]]" and self.start is not None and not self.inner:
            note = "".join(self.out[self.start + 1 :]).strip()
            if to_text(note):
                self.add(note)
                return
        self.out.append(bit)

    def add(self, note: str) -> None:
        self.notes.append(note)
        del self.out[self.start :]
        if self.out:
            self.out[-1] = self.out[-1].rstrip(" ")
        self.out.append(self.reference.format(len(self.notes)))
        self.start = None


def apart(text: str) -> list[str]:
    """A paragraph's plain text → [the text without its notes, and each note]."""
    return [_NOTE.sub("", text), *_NOTE.findall(text)]


def in_parentheses(text: str) -> str:
    """Plain text with its notes in parentheses, for places that have no notes."""
    return _NOTE.sub(r" (\1)", text)


def for_feed(html: str) -> str:
    """Cleaned HTML with its notes as a list at the end: a feed reader may show many
    articles on one page, where links within an article could lead into another."""
    html, found = extract_notes(html, IN_A_FEED)
    items = "".join(f"<li>{note}</li>" for note in found)
    return f"{html}<hr><ol>{items}</ol>" if found else html
