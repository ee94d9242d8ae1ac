"""A cleaned text for any screen: pictures in all sizes, tables that scroll. Pure."""

import re
from html import escape

from lawblog.media.names import ADDRESS, PICTURE, STEM
from lawblog.media.pictures import ENCODERS, widths

from .allowed import TAG

# Our pictures, as clean() leaves them.
_OWN = re.compile(
    rf'<img src="(?P<stem>{ADDRESS}{STEM})'
    r'\.(?:jpg|png)"(?P<rest>(?:[^>"]|"[^"]*")*)>'
)
# The reading column's width in site.css (--measure).
SIZES = "(min-width: 42rem) 38rem, 92vw"


def responsive(html: str) -> str:
    """Cleaned HTML with each stored picture as a <picture>. All but the first load
    lazily."""
    if "<img" not in html:
        return html
    parts: list[str] = []
    at = 0
    for number, match in enumerate(_OWN.finditer(html)):
        parts += [html[at : match.start()], _picture(match, lazy=number > 0)]
        at = match.end()
    return "".join([*parts, html[at:]])


def cover(
    address: str, words: str, focus: tuple[int, int], sizes: str, *, lazy: bool
) -> str:
    """A stored picture that fills its place, cut so that a point of it stays in sight.

    words: what a screen reader says; focus: from the left and the top, in percent;
    sizes: how wide it is shown, as in <img sizes>. "" for no address of ours. The
    point becomes two classes of site.css in steps of ten, as no page has own styles.
    """
    size = PICTURE.fullmatch(address)
    if not size:
        return ""
    x, y = (round(percent / 10) for percent in focus)
    image = (
        f'<img src="{address}" alt="{escape(words)}" width="{size["width"]}" '
        f'height="{size["height"]}" class="x{x} y{y}">'
    )
    match = _OWN.fullmatch(image)
    return _picture(match, lazy, sizes) if match else ""


def _picture(match: re.Match[str], lazy: bool, sizes: str = SIZES) -> str:
    stem, kept = match["stem"], widths(int(match["width"]))
    sources = ""
    for kind in ENCODERS:
        srcset = ", ".join(f"{stem}-{width}.{kind} {width}w" for width in kept)
        sources += f'<source type="image/{kind}" srcset="{srcset}" sizes="{sizes}">'
    later = ' loading="lazy"' if lazy else ""
    image = match[0][:-1].rstrip("/ ") + f'{later} decoding="async">'
    return f"<picture>{sources}{image}</picture>"


def scrollable(html: str) -> str:
    """Cleaned HTML whose tables can be focused: a wide table scrolls inside its column,
    and in some browsers the arrow keys scroll only the element that has the focus."""
    return TAG.sub(_reached, html) if "<table" in html else html


def _reached(tag: re.Match[str]) -> str:
    return '<table tabindex="0">' if tag[0] == "<table>" else tag[0]
