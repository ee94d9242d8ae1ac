"""Paragraphs, sub-headings and lists of a text that marks none of them. Pure."""

import re
from html import escape
from itertools import groupby

from lawblog.html.list_numbers import in_letters

Block = list[str]

# A reference to a note may follow: “It is so.[1]”
_ENDED = re.compile(r"""[.!?…]["'”’)\]]*(?:\[\d{1,3}\])*$""")
_PUNCTUATED = re.compile(r"""[.!?…,:;]["'”’)\]]*(?:\[\d{1,3}\])*$""")
_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_NOTE = re.compile(r"\[(\d{1,3})\]\s+(\S.*)")
_LETTERED = re.compile(r"\(?([a-z]{1,4}|[A-Z]{1,4})[.)]\s+(?=\S)")
_BULLET = re.compile(r"[•·▪◦●‣*–-]\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_MAX_HEADING_LENGTH = 80


def blocks_of(lines: list[str]) -> list[Block]:
    """What blank lines separate, each block as its list of lines."""
    return [list(block) for full, block in groupby(lines, bool) if full]


def counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def lines_in_words(blocks: list[Block]) -> str:
    return counted(sum(map(len, blocks)), "line")


def ends_a_sentence(line: str) -> bool:
    return bool(_ENDED.search(line))


def as_paragraphs(blocks: list[Block]) -> list[Block]:
    """Text without a blank line: its lines are paragraphs, if they end as those do."""
    if len(blocks) != 1 or len(blocks[0]) < 2:
        return blocks
    ended = sum(map(ends_a_sentence, blocks[0]))
    return [[line] for line in blocks[0]] if ended * 5 >= len(blocks[0]) * 4 else blocks


def with_notes(blocks: list[Block]) -> list[Block]:
    """Notes like “[1] The source.” at the end of a text, where it refers to them."""
    above, notes = blocks, dict[str, str]()
    while above and all(map(_NOTE.fullmatch, above[-1])):
        *above, last = above
        notes |= {m[1]: m[2] for line in last if (m := _NOTE.fullmatch(line))}
    asked = set(_REFERENCE.findall(" ".join(map(" ".join, above))))
    if not notes or not notes.keys() <= asked:
        return blocks

    def put(match: re.Match[str]) -> str:
        words = notes.get(match[1])
        return f"[[{words}]]" if words else match[0]

    return [[_REFERENCE.sub(put, line) for line in block] for block in above]


def headings(blocks: list[Block]) -> list[bool]:
    """For each block whether it is a sub-heading.

    Saved text does not mark them. One is a single short line that starts with a
    capital, ends without punctuation, is not the last block, and has no such line
    next to it (that would be a list).
    """
    short = [
        len(block) == 1
        and len(block[0]) <= _MAX_HEADING_LENGTH
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


def html_of(blocks: list[Block]) -> str:
    written: list[str] = []
    for is_heading, block in zip(headings(blocks), blocks, strict=True):
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
    return _lettered(block)


def _lettered(block: Block) -> str:
    """A list like (a), (b), (c) or i., ii., iii., whose marks follow each other."""
    marks = [match[1] for line in block if (match := _LETTERED.match(line))]
    if len(marks) < 2 or len(marks) != len(block):
        return ""
    for kind in "iIaA":
        first = next((n for n in range(1, 100) if in_letters(n, kind) == marks[0]), 0)
        expected = [in_letters(first + n, kind) for n in range(len(marks))]
        if first and expected == marks:
            items = (_escaped(_LETTERED.sub("", line, count=1)) for line in block)
            start = f' start="{first}"' if first != 1 else ""
            inside = "".join(f"<li>{item}</li>" for item in items)
            return f'<ol type="{kind}"{start}>{inside}</ol>'
    return ""


def _escaped(text: str) -> str:
    return escape(text, quote=False)
