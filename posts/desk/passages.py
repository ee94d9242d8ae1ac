"""An article's text split into passages, each with its findings and notes. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lawblog.html.excerpts import excerpts
from lawblog.html.tokens import tokens
from posts.checks import Finding
from posts.models import PassageNote
from posts.reading.notes import extract_notes


@dataclass(frozen=True)
class Passage:
    """html: a paragraph, heading, list, table … of a text that is cleaned; findings
    and notes: those of its excerpts."""

    html: str
    findings: list[Finding]
    notes: list[PassageNote]


def passages(
    body: str,
    html: str,
    findings: Sequence[Finding],
    notes: Sequence[PassageNote] = (),
) -> list[Passage]:
    """A text passage by passage: body as it is written, html as it is read
    (reading.read().html). Findings and notes of the article as a whole (block 0)
    belong to none."""
    found, last = [], 0
    # Reading adds words of its own, beside headings for one: the written ones count.
    written = _top_level(extract_notes(body)[0])
    # The longest: whatever differs, no word is left out.
    for source, part in zip_longest(written, _top_level(html), fillvalue=""):
        first, last = last, last + len(excerpts(source))
        here = [finding for finding in findings if first < finding.block <= last]
        said = [note for note in notes if first < note.block <= last]
        found.append(Passage(part, here, said))
    return found


def _top_level(html: str) -> Iterator[str]:
    depth, part = 0, ""
    for token in tokens(html):
        part += token.raw
        depth += token.step
        if depth == 0 and part.strip():
            yield part
            part = ""
    if part.strip():
        yield part
