"""A Wix blog page saved as text: title, date, article, then the page's furniture."""

import re
from contextlib import suppress
from datetime import datetime
from html import escape
from itertools import groupby

from .article import Article, CannotRead

RELOAD, RECENT, LOCATIONS = "Please reload", "Recent Posts", "Our Locations"
# Control characters would break a feed. The joiners U+200C and U+200D are not here:
# they are part of Persian words and of emoji.
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff]")
FINISHED = re.compile(r"""[.!?…]["'”’)\]]*$""")
PUNCTUATED = re.compile(r"""[.!?…,:;]["'”’)\]]*$""")
HEADING_LENGTH = 80
NO_LINKS = (
    "A page saved as text has lost its links, pictures and bold words. Look at the "
    "old page for them."
)


def parse(text):
    """The article of one page; raises CannotRead when title, date or text is missing.

    The title stands right above the date. Every wording stays as it is; spaces are
    tidied, and what is not the article is named in `left_out`.
    """
    lines = [" ".join(INVISIBLE.sub("", line).split()) for line in text.splitlines()]
    lines, left_out = _without_furniture(lines)
    at, published_on = _date(lines)
    *above, title = _blocks(lines[:at]) or [[]]
    blocks = _blocks(lines[at + 1 :])
    if not title or not blocks:
        raise CannotRead(
            f"Nothing stands {'below' if title else 'above'} the date {lines[at]}. "
            "Save the article's own page: title, date, text."
        )
    if above:
        left_out.append(f"{_lines(above)} above the title")
    title = " ".join(title)
    words = re.findall(r"\w+", title.lower())
    return Article(
        title=title,
        published_on=published_on,
        body=_html(blocks),
        key=f"wix:{published_on}:{'-'.join(words)}"[:200],
        left_out=tuple(left_out),
        remarks=tuple(_remarks(blocks)),
    )


def _without_furniture(lines):
    """The lines of the article alone, and what was left out, in words."""
    reloads = sum(_is(line, RELOAD) for line in lines)
    left_out = [f"“{RELOAD}” ({_many(reloads, 'time')})"] if reloads else []
    lines = ["" if _is(line, RELOAD) else line for line in lines]
    # Cut before the date is sought: the list of other articles holds dates, too.
    for words, what in ((LOCATIONS, "block"), (RECENT, "list")):
        lines, rest = _cut(lines, words)
        if rest is not None:
            left_out.append(f"{words} {what}: {_lines(rest)}")
    return lines, left_out


def _is(line, words):
    return line.casefold() == words.casefold()


def _cut(lines, words):
    """The lines before the line `words`, and the blocks after it (None without it)."""
    for at, line in enumerate(lines):
        if _is(line, words):
            return lines[:at], _blocks(lines[at + 1 :])
    return lines, None


def _date(lines):
    """The first line that is a date and nothing else, as (index, date)."""
    for at, line in enumerate(lines):
        for form in ("%B %d, %Y", "%b %d, %Y"):
            with suppress(ValueError):
                return at, datetime.strptime(line.replace(".", ""), form).date()
    raise CannotRead(
        "No line is a date like “August 27, 2018”. The article's date must stand on a "
        "line of its own, right below the title."
    )


def _blocks(lines):
    """What blank lines separate, each block as its list of lines."""
    return [list(block) for full, block in groupby(lines, bool) if full]


def _headings(blocks):
    """For each block whether it is a sub-heading, as list[bool].

    Saved text does not mark them. One is a single short line that starts with a
    capital, ends without punctuation, is not the last block, and has no such line
    next to it (that would be a list).
    """
    short = [
        len(block) == 1
        and len(block[0]) <= HEADING_LENGTH
        and block[0][0].isupper()
        and not PUNCTUATED.search(block[0])
        for block in blocks
    ]
    before, after = [False, *short], [*short[1:], True]
    return [
        mine and not (above or below)
        for above, mine, below in zip(before, short, after, strict=False)
    ]


def _html(blocks):
    tags = ["h2" if heading else "p" for heading in _headings(blocks)]
    return "\n".join(
        f"<{tag}>{escape(' '.join(block), quote=False)}</{tag}>"
        for tag, block in zip(tags, blocks, strict=True)
    )


def _lines(blocks):
    return _many(sum(map(len, blocks)), "line")


def _many(number, noun):
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _remarks(blocks):
    last = " ".join(blocks[-1])
    if not FINISHED.search(last):
        words = " ".join(last.split()[-5:])
        yield f"The last sentence seems unfinished. It ends: “{words}”."
    for heading, block in zip(_headings(blocks), blocks, strict=True):
        if heading:
            yield f"“{block[0]}” became a sub-heading. Is it one?"
    yield NO_LINKS
