"""Cleaned HTML as text and tags. Pure."""

import re

# As clean() leaves them: attributes in double quotes, no "<" in the text.
_TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
_NAME = re.compile(r"</?(\w+)")
VOID = {"br", "hr", "img"}


def tokens(html):
    """(text or tag, the tag's name or "", +1 if it opens, -1 if it closes, else 0),
    one for each part, in order; joined, the first of each are the HTML again."""
    for number, part in enumerate(_TAG.split(html)):
        if number % 2 == 0:
            yield part, "", 0
        else:
            name = _NAME.match(part)
            name = name[1].lower() if name else ""
            step = -1 if part.startswith("</") else 1
            yield part, name, 0 if name in VOID else step
