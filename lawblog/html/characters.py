"""Characters that no text of the site may contain. Pure."""

import re

# What XML 1.0 forbids and with it feeds (control characters, lone surrogates, U+FFFE,
# U+FFFF), and Unicode's other non-characters, which HTML forbids as well. NUL cannot
# be stored in PostgreSQL either.
_PLANES = "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (65534, 65535)
)
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef" + _PLANES + "]"
)


def printable(text: str) -> str:
    """Without the characters that feeds, pages or the database cannot hold, such as
    the line break of a presentation program."""
    return UNPRINTABLE.sub("", text)
