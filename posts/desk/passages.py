"""An article's text with what the checks found beside each passage. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lawblog.html.excerpts import excerpts
from lawblog.html.tokens import tokens
from posts.checks import Finding


@dataclass(frozen=True)
class Passage:
    """html: a paragraph, heading, list, table … of a text that is cleaned; findings:
    those of its excerpts."""

    html: str
    findings: list[Finding]


def passages(html: str, findings: Sequence[Finding]) -> list[Passage]:
    """A text as it is read (reading.read().html), passage by passage. Findings of the
    article as a whole (block 0) belong to none."""
    found, last = [], 0
    for part in _top_level(html):
        first, last = last, last + len(excerpts(part))
        here = [finding for finding in findings if first < finding.block <= last]
        found.append(Passage(part, here))
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
