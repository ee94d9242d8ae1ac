"""What the site's trusted HTML may hold: tags, attributes, addresses. Pure.

nh3 enforces it and has the last word over whatever layout/ wrote.
"""

import re

import nh3

from lawblog.media.names import MEDIA_URL

from .deadlines import MARK

TAGS = set(
    """
        p br h2 h3 h4 strong em b i ul ol li blockquote a img figure figcaption
        table caption thead tbody tr th td sup sub hr time div details summary
    """.split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class"},
    "div": {"class"},
    "img": {"src", "alt", "width", "height", "role"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    # “Point (b)” refers to the second item of a list of type a.
    "ol": {"start", "type"},
    "li": {"value"},
    "time": {MARK},
    # Arabic or Spanish words in an English article keep their direction and voice.
    "p": {"lang", "dir"},
    "blockquote": {"lang", "dir"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# A tag of cleaned HTML.
TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d{1,4}")
_OWN_PICTURE = re.compile(rf"{MEDIA_URL}[A-Za-z0-9._/-]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NUMBERS = {"width", "height", "colspan", "rowspan", "start", "value"}
# Browsers overlook them in an address: “java\nscript:”.
_OVERLOOKED = re.compile(r"[\x00-\x20\x7f-\xa0]")


# The blocks that an editor makes: a link that looks like a button, a framed remark.
_CLASS = {"a": "button", "div": "callout"}


def attribute(tag: str, name: str, value: str) -> str | None:
    """The value that an allowed attribute may have, or None."""
    if name == "src":
        return value if is_own_picture(value) else None
    if name == "href":
        return value if is_allowed_address(value) else None
    if name == "class":
        return value if value == _CLASS.get(tag) else None
    if name == "role":
        return value if value == "presentation" else None
    if name == "type":
        return value if value in set("1aAiI") else None
    if name == MARK:
        return value if _DAY.fullmatch(value) else ""
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    return value


def is_own_picture(address: str) -> bool:
    return bool(_OWN_PICTURE.fullmatch(address)) and ".." not in address


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: a scheme that we know, or a place on this site."""
    bare = _OVERLOOKED.sub("", address)
    if not bare or bare.startswith(("//", "\\", "/\\")):
        return False
    scheme = _SCHEME.match(bare)
    if not scheme:
        return True
    # “http://” alone is a template that nobody filled in.
    is_whole = bool(bare[scheme.end() :].strip("/\\"))
    return is_whole and scheme[1].lower() in SCHEMES


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=attribute,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)
