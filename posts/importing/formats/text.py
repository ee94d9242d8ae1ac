"""Pages saved or copied as plain text, as Wix shows them: title, byline, date, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import escape
from itertools import groupby

from lawblog.html.characters import printable

from ..article import CannotRead, Finding, Found
from ..dates import Dated, dated_line
from ..upload import Format, Upload

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
_FURNITURE = re.compile(
    r"top of page|skip to main content|log in(?: / sign up)?|iniciar sesión|sign up"
    r"|all posts|todas las entradas|search|buscar|post not marked as liked|share"
    r"|\d+ min(?:\.|utes?|utos?)?(?: read| de lectura)?|\d+ (?:views?|visualizaci\w+)"
    r"(?: \d+ (?:comments?|comentarios?))?|\d+ (?:comments?|comentarios?|likes?)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\d+ min\b.*", re.IGNORECASE)
_UPDATED = re.compile(
    r"(?:last )?(?:updated|edited|actualizad[oa]|modificad[oa])(?: on| el)?"
    r"\s*:?\s*(.+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written |posted )?by|(?:escrito )?por|author|autora?)\s*:?\s+(\S.{1,60})",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:[A-ZÁÉÍÓÚÑ][\w’'.-]*|de|del|la|van|von|y)\s+){1,4}[A-ZÁÉÍÓÚÑ][\w’'.-]*"
    r"(?:,\s*Esq\.?)?"
)
# Control characters would break a feed. The joiners U+200C and U+200D are not here:
# they are part of Persian words and of emoji.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_ENDED = re.compile(r"""[.!?…]["'”’)\]]*$""")
_PUNCTUATED = re.compile(r"""[.!?…,:;]["'”’)\]]*$""")
_BULLET = re.compile(r"[•·▪◦●‣*–-]\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_HEADING_LENGTH = 80
NO_LINKS = (
    "A page saved as text has lost its links, pictures and bold words. Look at the old "
    "page for them."
)
Block = list[str]


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
    lines, left_out = _without_furniture(lines)
    dates = [
        (at, dated)
        for at, line in enumerate(lines)
        if not _UPDATED.fullmatch(line) and (dated := dated_line(line))
    ]
    if not dates:
        raise CannotRead(
            "No line is a date like “August 27, 2018” or “27 de agosto de 2018”. The "
            "article’s date must stand on a line of its own, right below the title."
        )
    starts = [_title_start(lines, at) for at, _ in dates]
    cuts = [0] + [
        start
        for start, (at, _) in list(zip(starts, dates, strict=True))[1:]
        if start is not None and _stands_alone(lines, start, at)
    ]
    parts = [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]
    for part in parts:
        found = _article(part)
        found.findings = [*left_out, *found.findings]
        left_out = []
        if len(parts) > 1:
            found.say(f"This file holds {len(parts)} articles. Is each of them whole?")
        yield found


def _without_furniture(lines: list[str]) -> tuple[list[str], list[Finding]]:
    """The lines of the article alone, and what was left out, in words."""
    findings = []
    reloads = sum(line.casefold() == RELOAD.casefold() for line in lines)
    if reloads:
        findings.append(Finding(f"Left out: “{RELOAD}” ({_many(reloads, 'time')})"))
    lines = ["" if line.casefold() == RELOAD.casefold() else line for line in lines]
    # Cut before the date is sought: the list of other articles holds dates, too.
    for words, what in _ENDS.items():
        at = next((n for n, line in enumerate(lines) if line.casefold() == words), None)
        if at is not None:
            name, rest = lines[at], _blocks(lines[at + 1 :])
            lines = lines[:at]
            findings.append(Finding(f"Left out: {name} {what}: {_lines(rest)}"))
    return lines, findings


def _title_start(lines: list[str], at: int) -> int | None:
    """Where the short block right above a date begins, that may be a title."""
    above = at - 1
    while above >= 0 and (not lines[above] or _BYLINE.fullmatch(lines[above])):
        above -= 1
    if above < 0 or len(lines[above]) > 150 or not _is_titled(lines[above]):
        return None
    return None if above and lines[above - 1] else above


def _is_titled(line: str) -> bool:
    """Whether a line can be the title of a further article: no end of a sentence."""
    is_sentence = _ENDED.search(line.rstrip("?")) or re.search(r"[a-z]\.\s+[A-Z]", line)
    return not is_sentence and not line[0].islower()


def _stands_alone(lines: list[str], start: int, at: int) -> bool:
    """Whether a title, a date and a paragraph of a further article stand here."""
    below = list(_blocks(lines[at + 1 : at + 50])[:3])
    is_text = any(_ENDED.search(block[-1]) for block in below)
    return start > 0 and is_text and not below[0][0][0].islower()


def _article(lines: list[str]) -> Found:
    at, dated = next(
        (n, found)
        for n, line in enumerate(lines)
        if not _UPDATED.fullmatch(line) and (found := dated_line(line))
    )
    above = _blocks(lines[:at])
    below = _blocks(lines[at + 1 :])
    findings: list[Finding] = []
    above, author = _without_byline(above, findings)
    is_below = bool(below) and bool(_MINUTES.fullmatch(below[0][0]))
    below = _drop_furniture(below, findings)
    above = _drop_furniture(above, findings)
    if is_below and below and (not above or _is_name(above[-1])):
        # Wix today: writer, date, “3 min read”, and only then the title.
        author = author or (" ".join(above.pop()) if above else "")
        title_block, below = below[0], _drop_furniture(below[1:], findings)
    else:
        title_block = above.pop() if above else []
        if above and _is_name(title_block) and len(" ".join(above[-1]).split()) > 2:
            author, title_block = " ".join(title_block), above.pop()
            findings.append(Finding("This line was taken for the author.", author))
        if title_block and len(title_block) > 1 and _BYLINE.fullmatch(title_block[-1]):
            author = author or _byline(title_block.pop())
    if not title_block or not below:
        raise CannotRead(
            f"Nothing stands {'below' if title_block else 'above'} the date "
            f"{lines[at]}. Save the article’s own page: title, date, text."
        )
    if above:
        findings.append(Finding(f"Left out: {_lines(above)} above the title"))
    return _found(" ".join(title_block), author, dated, below, findings)


def _found(
    title: str, author: str, dated: Dated, blocks: list[Block], findings: list[Finding]
) -> Found:
    blocks = _as_paragraphs(blocks)
    if dated.doubt:
        findings.append(Finding(dated.doubt))
    for is_heading, block in zip(_headings(blocks), blocks, strict=True):
        if is_heading:
            sentence = f"“{block[0]}” became a sub-heading. Is it one?"
            findings.append(Finding(sentence, block[0]))
    findings.append(Finding(NO_LINKS))
    moment = dated.moment
    words = re.findall(r"\w+", title.lower())
    day = moment.date() if isinstance(moment, datetime) else moment
    return Found(
        title=title,
        html=_html(blocks),
        published=moment,
        author=author,
        findings=findings,
        older_keys=[_older_key(day, words)] if words else [],
    )


def _older_key(day: date, words: list[str]) -> str:
    """What this program called such an article before it went by the text: two titles
    of signs alone had the same."""
    return f"wix:{day}:{'-'.join(words)}"


def _without_byline(
    blocks: list[Block], findings: list[Finding]
) -> tuple[list[Block], str]:
    if blocks and len(blocks) > 1 and _BYLINE.fullmatch(" ".join(blocks[-1])):
        return blocks[:-1], _byline(" ".join(blocks[-1]))
    return blocks, ""


def _byline(line: str) -> str:
    match = _BYLINE.fullmatch(line)
    return match[1] if match else ""


def _is_name(block: Block) -> bool:
    line = " ".join(block)
    return len(line) <= 40 and bool(_NAME.fullmatch(line))


def _drop_furniture(blocks: list[Block], findings: list[Finding]) -> list[Block]:
    kept = []
    for block in blocks:
        lines = [line for line in block if not _FURNITURE.fullmatch(line)]
        lines = [line for line in lines if not _is_update(line, findings)]
        gone = [line for line in block if _FURNITURE.fullmatch(line)]
        findings += [Finding(f"Left out: “{line}”") for line in gone]
        kept += [lines] if lines else []
    return kept


def _is_update(line: str, findings: list[Finding]) -> bool:
    match = _UPDATED.fullmatch(line)
    if not match or not dated_line(match[1]):
        return False
    findings.append(Finding(f"Left out: “{line}”"))
    return True


def _blocks(lines: list[str]) -> list[Block]:
    """What blank lines separate, each block as its list of lines."""
    return [list(block) for full, block in groupby(lines, bool) if full]


def _as_paragraphs(blocks: list[Block]) -> list[Block]:
    """Text without a blank line: its lines are paragraphs, if they end as those do."""
    if len(blocks) != 1 or len(blocks[0]) < 2:
        return blocks
    ended = sum(bool(_ENDED.search(line)) for line in blocks[0])
    return [[line] for line in blocks[0]] if ended * 5 >= len(blocks[0]) * 4 else blocks


def _headings(blocks: list[Block]) -> list[bool]:
    """For each block whether it is a sub-heading.

    Saved text does not mark them. One is a single short line that starts with a
    capital, ends without punctuation, is not the last block, and has no such line
    next to it (that would be a list).
    """
    short = [
        len(block) == 1
        and len(block[0]) <= _HEADING_LENGTH
        and (block[0][0].isupper() or block[0][0] in "¿¡")
        and not _PUNCTUATED.search(
            block[0].rstrip("?") if block[0][0] == "¿" else block[0]
        )
        for block in blocks
    ]
    before, after = [False, *short], [*short[1:], True]
    return [
        mine and not (above or below)
        for above, mine, below in zip(before, short, after, strict=False)
    ]


def _html(blocks: list[Block]) -> str:
    written: list[str] = []
    for is_heading, block in zip(_headings(blocks), blocks, strict=True):
        if is_heading:
            written.append(f"<h2>{_escaped(block[0])}</h2>")
        else:
            written.append(_list(block) or f"<p>{_escaped(' '.join(block))}</p>")
    html = "\n".join(written)
    # One item a block is one list all the same.
    return re.sub(r"</(ul|ol)>\n<\1>", "", html)


def _list(block: Block) -> str:
    for mark, tag in ((_BULLET, "ul"), (_NUMBERED, "ol")):
        if all(mark.match(line) for line in block):
            items = (
                f"<li>{_escaped(mark.sub('', line, count=1))}</li>" for line in block
            )
            first = _NUMBERED.match(block[0])
            start = f' start="{first[1]}"' if first and first[1] != "1" else ""
            is_one = tag == "ol" and len(block) == 1
            return "" if is_one else f"<{tag}{start}>{''.join(items)}</{tag}>"
    return ""


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _lines(blocks: list[Block]) -> str:
    return _many(sum(map(len, blocks)), "line")


def _many(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


FORMAT = Format("a page saved as text", lambda upload: True, read)
