"""Title, author and date of an article in a plain text. Pure."""

from __future__ import annotations

import re

from ..article import CannotRead, Finding
from ..bylines import BYLINE, FURNITURE, NAME, UPDATED, dated_byline
from ..dates import Dated, dated_line
from ..english_or_spanish import guess
from .text_blocks import Block, blocks_of, ends_a_sentence, lines_in_words

_MINUTES = re.compile(r"\d+ min\b.*", re.IGNORECASE)


def dates(lines: list[str]) -> list[tuple[int, Dated]]:
    """(number of the line, its date) of each line that is the date of an article."""
    day_first = guess(" ".join(lines)) == "es"
    found = [
        (at, dated)
        for at, line in enumerate(lines)
        if not UPDATED.fullmatch(line)
        if (dated := dated_byline(line, day_first=day_first))
    ]
    if len(found) > 1 and not any(lines[: found[0][0]]):
        # A title may hold a date: “USCIS News | June 28, 2018”.
        return found if dated_line(lines[found[0][0]]) else found[1:]
    return found


def is_byline(line: str) -> bool:
    return bool(BYLINE.fullmatch(line))


def read_around(
    lines: list[str], at: int, findings: list[Finding]
) -> tuple[str, str, list[Block]]:
    """(title, author, blocks of the text) of an article whose date is line `at`. What
    was left out is added to the findings; raises CannotRead without title or text."""
    above, author = _without_byline(blocks_of(lines[:at]))
    below = blocks_of(lines[at + 1 :])
    is_below = bool(below) and bool(_MINUTES.fullmatch(below[0][0]))
    below = _drop_furniture(below, findings)
    above = _drop_furniture(above, findings)
    if is_below and below and (not above or _is_name(above[-1])):
        # Wix today: writer, date, “3 min read”, and only then the title.
        author = author or (" ".join(above.pop()) if above else "")
        title, below = _title_below(below)
    elif not above and len(below) > 1 and _is_title(below[0]):
        title, *below = below
        findings.append(Finding("This line was taken for the title.", title[0]))
    else:
        title, author = _title_above(above, author, findings)
    if not title or not below:
        raise CannotRead(
            f"Nothing stands {'below' if title else 'above'} the date "
            f"{lines[at]}. Save the article’s own page: title, date, text."
        )
    if above:
        findings.append(Finding(f"Left out: {lines_in_words(above)} above the title"))
    return " ".join(title), author, below


def _title_below(below: list[Block]) -> tuple[Block, list[Block]]:
    title, *rest = below
    if len(title) > 1 and ends_a_sentence(title[-1].rstrip("?")):
        # The text follows without a blank line.
        return title[:1], [title[1:], *rest]
    return title, rest


def _is_title(block: Block) -> bool:
    line = block[0]
    is_short = len(block) == 1 and len(line) <= 150 and not line[0].islower()
    return is_short and not ends_a_sentence(line.rstrip("?"))


def _title_above(
    above: list[Block], author: str, findings: list[Finding]
) -> tuple[Block, str]:
    """(title, author), taken out of the end of what stands above the date."""
    title = above.pop() if above else []
    if above and _is_name(title) and len(" ".join(above[-1]).split()) > 2:
        author, title = " ".join(title), above.pop()
        findings.append(Finding("This line was taken for the author.", author))
    if len(title) > 1 and not author and is_byline(title[-1]):
        author = _byline(title.pop())
    return title, author


def _without_byline(blocks: list[Block]) -> tuple[list[Block], str]:
    author = _byline(" ".join(blocks[-1])) if len(blocks) > 1 else ""
    return (blocks[:-1], author) if author else (blocks, "")


def _byline(line: str) -> str:
    match = BYLINE.fullmatch(line)
    return match[1] if match else ""


def _is_name(block: Block) -> bool:
    line = " ".join(block)
    return len(line) <= 40 and bool(NAME.fullmatch(line))


def _drop_furniture(blocks: list[Block], findings: list[Finding]) -> list[Block]:
    kept = []
    for block in blocks:
        lines = [line for line in block if not FURNITURE.fullmatch(line)]
        lines = [line for line in lines if not _is_update(line, findings)]
        gone = [line for line in block if FURNITURE.fullmatch(line)]
        findings += [Finding(f"Left out: “{line}”") for line in gone]
        kept += [lines] if lines else []
    return kept


def _is_update(line: str, findings: list[Finding]) -> bool:
    match = UPDATED.fullmatch(line)
    if not match or not dated_line(match[1]):
        return False
    findings.append(Finding(f"Left out: “{line}”"))
    return True
