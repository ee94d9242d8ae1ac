"""A cleaned text for any screen: pictures in all sizes, tables that scroll. Pure."""

import re

from lawblog.media.pictures import ENCODERS, widths

# As clean() leaves them, of pictures that pictures.store() named.
_OWN = re.compile(
    r'<img src="(?P<stem>/media/pictures/[0-9a-f]{32}-(?P<width>\d{1,4})x\d{1,4})'
    r'\.(?:jpg|png)"(?P<rest>(?:[^>"]|"[^"]*")*)>'
)
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')
# The reading column's width in site.css (--measure).
SIZES = "(min-width: 42rem) 38rem, 92vw"


def responsive(html):
    """Cleaned HTML with each picture of ours as <picture>; all below the first are
    loaded when the reader comes near."""
    if "<img" not in html:
        return html
    parts, at = [], 0
    for number, match in enumerate(_OWN.finditer(html)):
        parts += [html[at : match.start()], _picture(match, lazy=number > 0)]
        at = match.end()
    return "".join([*parts, html[at:]])


def _picture(match, lazy):
    stem, kept = match["stem"], widths(int(match["width"]))
    sources = ""
    for kind in ENCODERS:
        srcset = ", ".join(f"{stem}-{width}.{kind} {width}w" for width in kept)
        sources += f'<source type="image/{kind}" srcset="{srcset}" sizes="{SIZES}">'
    later = ' loading="lazy"' if lazy else ""
    image = match[0][:-1].rstrip("/ ") + f'{later} decoding="async">'
    return f"<picture>{sources}{image}</picture>"


def scrollable(html):
    """Cleaned HTML whose tables the Tab key reaches: a wide one scrolls inside the
    column, and not every browser lets the arrow keys move what has no focus."""
    return _TAG.sub(_reached, html) if "<table" in html else html


def _reached(tag):
    return '<table tabindex="0">' if tag[0] == "<table>" else tag[0]
