"""Normalises addresses, which have many spellings. Pure.

The table keeps an address as its source had it. It is looked up by its key, in which
capitals, the last slash, accents' two ways of being written and the host do not matter;
of two addresses that differ in these alone, the one that is spelled as asked is meant.
"""

import re
import unicodedata
from itertools import combinations
from urllib.parse import parse_qsl, unquote, urlencode

from lawblog.site.tracking import TRACKING

# Longer addresses are nobody's.
MAX_ADDRESS_LENGTH = 500
# Of a query, so many parts are looked at, and so many together.
MAX_QUERY_PARTS, MAX_PARTS_TOGETHER = 6, 3
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:html?|php)|amp)$")

# What comes after an address by accident: the full stop or the bracket of its sentence,
# or a query whose "?" was encoded or left out.
_AFTER = re.compile(r"[?#&;].*|[^\w/]+(?=/?\Z)", re.DOTALL)

Pairs = list[tuple[str, str]]


class NoAddress(ValueError):
    """Carries a sentence: why a text is not an address of a page."""


def as_kept(text: str) -> str:
    """An address as the table keeps it: what follows the host, in letters rather than
    percent signs, without what was added to it. Raises NoAddress.

    >>> as_kept("https://www.example.com/post/qu%C3%A9-es?utm_source=mail#top")
    '/post/qué-es'
    """
    bare = _HOST.sub("", text.strip(), count=1).partition("#")[0] or "/"
    if not bare.startswith(("/", "?")):
        raise NoAddress("An address begins with / or with https://")
    path, _, query = bare.partition("?")
    kept = "/" + _decoded(path).lstrip("/")
    if pairs := [pair for pair in _pairs(query) if not TRACKING.fullmatch(pair[0])]:
        kept += f"?{'&'.join('='.join(pair) for pair in pairs)}"
    if len(kept) > MAX_ADDRESS_LENGTH:
        raise NoAddress(f"It is longer than {MAX_ADDRESS_LENGTH} characters.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in kept):
        raise NoAddress("It holds a character that no address has.")
    return kept


def key_of(kept: str) -> str:
    """What an address is looked up by; kept: as as_kept() gives it."""
    path, _, query = kept.partition("?")
    return _key(_folded(path), _pairs(query))


def keys_of(path: str, query: str) -> list[str]:
    """The keys by which a request may be in the table, the most telling one first: with
    all of its query, with parts of it, without. path: decoded; query: as sent."""
    if len(path) > MAX_ADDRESS_LENGTH:
        return []
    folded, pairs = _folded(_decoded(path)), _pairs(query)[:MAX_QUERY_PARTS]
    # Nobody's either, and PostgreSQL takes none.
    if "\0" in folded:
        return []
    some: list[Pairs] = [pairs]
    for number in range(min(MAX_PARTS_TOGETHER, len(pairs)), -1, -1):
        some += [list(chosen) for chosen in combinations(pairs, number)]
    return list(dict.fromkeys(_key(folded, chosen) for chosen in some))


def tidied(path: str) -> str:
    """A decoded path without what a message, or the program that made a link of it, has
    added to it.

    >>> tidied("/posts//a-title)."), tidied("/a/&utm_source=x"), tidied("/é/")
    ('/posts/a-title', '/a/', '/é/')
    """
    if len(path) > MAX_ADDRESS_LENGTH:
        return path
    return re.sub("/{2,}", "/", _AFTER.sub("", path))


def _pairs(query: str) -> Pairs:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return []


def _key(path: str, pairs: Pairs) -> str:
    asked = sorted((name.casefold(), value.casefold()) for name, value in pairs)
    return f"{path}?{urlencode(asked)}" if asked else path


def _decoded(path: str) -> str:
    # Some programs encode what is encoded already.
    for _ in range(2):
        path = unquote(path, errors="replace")
    return re.sub("/{2,}", "/", unicodedata.normalize("NFC", path))


def _folded(path: str) -> str:
    path = path.casefold().rstrip("/")
    return _INDEX.sub("", path).rstrip("/") or "/"
