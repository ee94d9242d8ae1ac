"""Pages saved or copied as plain text, as Wix shows them: title, byline, date, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from lawblog.html.characters import printable

from ..article import CannotRead, Finding, Found
from ..dates import Dated
from ..upload import Format, Upload
from .several_articles import say_how_many
from .text_blocks import (
    Block,
    as_paragraphs,
    blocks_of,
    counted,
    ends_a_sentence,
    headings,
    html_of,
    lines_in_words,
    with_notes,
)
from .text_head import dates, is_byline, read_around

RELOAD = "Please reload"
# Whatever follows one of these lines is not the article any more.
_ENDS = {
    "our locations": "block",
    "recent posts": "list",
    "related posts": "list",
    "entradas recientes": "list",
    "publicaciones recientes": "list",
    "artículos relacionados": "list",
    "bottom of page": "list",
    "write a comment...": "list",
    "escribe un comentario...": "list",
}
# Control characters would break a feed. The joiners U+200C and U+200D are not here:
# they are part of Persian words and of emoji.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_RULE = re.compile(r"(?:[-–—_*=~] ?){3,}")
_SENTENCES = re.compile(r"[a-z]\.\s+[A-Z]")
NO_LINKS = (
    "A page saved as text has lost its links, pictures and bold words. Look at the old "
    "page for them."
)


def read(upload: Upload) -> Iterator[Found]:
    text = upload.page
    if not text.strip("\ufeff \t\r\n"):
        raise CannotRead("It is empty. Save the page again.")
    yield from articles(text)


def articles(text: str) -> Iterator[Found]:
    """The articles of one page; raises CannotRead when title, date or text is missing.

    Every wording stays as it is; spaces are tidied, and what is not the article is
    named in the findings.
    """
    lines = [
        " ".join(_INVISIBLE.sub("", printable(line)).split())
        for line in text.splitlines()
    ]
    lines = ["" if _RULE.fullmatch(line) else line for line in lines]
    lines, left_out = _without_furniture(lines)
    parts = _parts(lines)
    for part in parts:
        found = _article(part)
        found.findings = [*left_out, *found.findings]
        left_out = []
        if len(parts) > 1:
            say_how_many(found, len(parts))
        yield found


def _without_furniture(lines: list[str]) -> tuple[list[str], list[Finding]]:
    """The lines of the article alone, and what was left out, in words."""
    findings = []
    reloads = sum(line.casefold() == RELOAD.casefold() for line in lines)
    if reloads:
        findings.append(Finding(f"Left out: “{RELOAD}” ({counted(reloads, 'time')})"))
    lines = ["" if line.casefold() == RELOAD.casefold() else line for line in lines]
    # Cut before the date is sought: the list of other articles holds dates, too.
    for words, what in _ENDS.items():
        at = next((n for n, line in enumerate(lines) if line.casefold() == words), None)
        if at is not None:
            name, rest = lines[at], blocks_of(lines[at + 1 :])
            lines = lines[:at]
            findings.append(Finding(f"Left out: {name} {what}: {lines_in_words(rest)}"))
    return lines, findings


def _parts(lines: list[str]) -> list[list[str]]:
    """The lines of each article: a further one begins with the title above its date."""
    found = [at for at, _ in dates(lines)]
    if not found:
        raise CannotRead(
            "No line is a date like “August 27, 2018” or “27 de agosto de 2018”. The "
            "article’s date must stand on a line of its own, right below the title."
        )
    # Of two dates one below the other, the second begins no article.
    cuts = [
        start
        for before, at in pairwise(found)
        if (start := _title_start(lines, at)) and start > before
        if _stands_alone(lines, at)
    ]
    return [lines[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]


def _title_start(lines: list[str], at: int) -> int | None:
    """Where the short block right above a date begins, that may be a title."""
    above = at - 1
    while above >= 0 and (not lines[above] or is_byline(lines[above])):
        above -= 1
    if above < 0 or len(lines[above]) > 150 or not _is_titled(lines[above]):
        return None
    # Without a blank line between them, the sentence above must have ended.
    is_apart = not above or not lines[above - 1] or ends_a_sentence(lines[above - 1])
    return above if is_apart else None


def _is_titled(line: str) -> bool:
    """Whether a line can be the title of a further article: no end of a sentence."""
    is_text = ends_a_sentence(line.rstrip("?")) or _SENTENCES.search(line)
    return not is_text and not line[0].islower()


def _stands_alone(lines: list[str], at: int) -> bool:
    """Whether a paragraph stands below this date, so that it is that of an article."""
    below = blocks_of(lines[at + 1 : at + 50])[:3]
    is_text = any(ends_a_sentence(block[-1]) for block in below)
    return is_text and not below[0][0][0].islower()


def _article(lines: list[str]) -> Found:
    at, dated = dates(lines)[0]
    findings: list[Finding] = []
    title, author, blocks = read_around(lines, at, findings)
    blocks = with_notes(as_paragraphs(blocks))
    return _found(title, author or dated.author, dated, blocks, findings)


def _found(
    title: str, author: str, dated: Dated, blocks: list[Block], findings: list[Finding]
) -> Found:
    if dated.doubt:
        findings.append(Finding(dated.doubt))
    for is_heading, block in zip(headings(blocks), blocks, strict=True):
        if is_heading:
            sentence = f"“{block[0]}” became a sub-heading. Is it one?"
            findings.append(Finding(sentence, block[0]))
    findings.append(Finding(NO_LINKS))
    moment = dated.moment
    words = re.findall(r"\w+", title.lower())
    day = moment.date() if isinstance(moment, datetime) else moment
    return Found(
        title=title,
        html=html_of(blocks),
        published=moment,
        author=author,
        findings=findings,
        older_keys=[_older_key(day, words)] if words else [],
    )


def _older_key(day: date, words: list[str]) -> str:
    """What this program called such an article before it went by the text: two titles
    of signs alone had the same."""
    return f"wix:{day}:{'-'.join(words)}"


FORMAT = Format("a page saved as text", lambda upload: True, read)
