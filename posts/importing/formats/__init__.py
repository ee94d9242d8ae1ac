"""The formats that can be read, in the order in which they are asked.

Each says whether a file's contents are its own; the last takes any text.

To add one: a module with FORMAT = Format(name, matches, read), and a line here.
"""

from ..upload import Format, Upload
from . import (
    blogger_json,
    docx,
    feed,
    ghost,
    html,
    json_feed,
    markdown,
    medium,
    mhtml,
    names_json,
    refused,
    substack,
    text,
    wix,
    wordpress,
)

FORMATS: tuple[Format, ...] = (
    docx.FORMAT,
    refused.BY_SIGNATURE,
    mhtml.FORMAT,
    wordpress.FORMAT,
    feed.FORMAT,
    medium.FORMAT,
    html.FORMAT,
    refused.XML,
    names_json.FORMAT,
    ghost.FORMAT,
    json_feed.FORMAT,
    blogger_json.FORMAT,
    wix.FORMAT,
    substack.FORMAT,
    markdown.FORMAT,
    refused.JSON,
    refused.TABLE,
    text.FORMAT,
)


def format_of(upload: Upload) -> Format:
    """The first format that recognises a file's contents."""
    return next(one for one in FORMATS if one.matches(upload))
