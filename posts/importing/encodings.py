"""Bytes → text, or a refusal that says why the encoding is in doubt. Pure.

UTF-8 and UTF-16 prove themselves. Of the older encodings any bytes pass for any: the
one is taken whose reading looks most like English or Spanish, if it does so clearly.
"""

import codecs
import re

from .article import CannotRead
from .english_or_spanish import guess

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Known to Python and no encoding of pages; the first takes hours for a long text.
_OF_PYTHON = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7"}
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding=["']([\w.:-]+)|<meta[^>]*?charset=["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# Windows, DOS and the old Macintosh. Latin-1 is the first without its curly quotes.
_OLD = ("cp1252", "cp850", "mac_roman")
_LETTERS = set("áéíóúüñÁÉÍÓÚÜÑ")
# Of words that both languages borrow: “Haïtian”, “façade”, “São”.
_BORROWED = set("àâãäåçèêëìîïòôõöøùûÀÂÃÄÇÈÊËÎÏÔÖÙÛ")
_MARKS = set("¿¡‘’“”–—•…\xa0§©®™ªº°¢£€«»½¼¾·")
# They stand at numbers or before a word's first space, not in a name: “N£§ez”.
_APART = set("¢£€§½¼¾")
_SAMPLE_BYTES = 200_000  # bytes that are looked at
_NO_TEXT = (
    "This is neither text nor a format that can be imported. If it is text, save it as "
    "UTF-8."
)
_DOUBT = (
    "The encoding of this text is in doubt: its accents could be read in more than one "
    "way. Save it as UTF-8."
)


def decode(data: bytes, declared: str = "") -> str:
    """The text of a file; raises CannotRead. declared: what a header said of it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    if b"\0" in data:
        return _strict(data, _utf_16(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data[:2048])
    if match:
        declared = (match[1] or match[2]).decode("ascii")
    if (encoding := _known(declared)) and encoding != "utf-8":
        return data.decode(encoding, errors="replace")
    return data.decode(_most_like_words(data))


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name if name else ""
        b" ".decode(found or "utf-8", errors="replace")
    # The latter of what is not an encoding of texts, like zlib.
    except (LookupError, UnicodeError):
        return ""
    if found in _OF_PYTHON:
        return ""
    # As browsers do: many pages say Latin-1 and mean Windows.
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotRead(_NO_TEXT) from None


def _utf_16(data: bytes) -> str:
    """UTF-16 without its mark: of Latin letters every second byte is zero."""
    head = data[:2000]
    zeros = [head[start::2].count(0) for start in (0, 1)]
    half = len(head) // 2
    if zeros[1] > half * 0.7 and not zeros[0]:
        return "utf-16-le"
    if zeros[0] > half * 0.7 and not zeros[1]:
        return "utf-16-be"
    if data.count(0) * 100 > len(data):
        raise CannotRead(_NO_TEXT)
    return "utf-8"  # one that strayed in; it is taken out later


def _most_like_words(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    language = guess(sample.decode("ascii", errors="replace").replace("\ufffd", ""))
    costs = sorted(
        (_cost(sample.decode(encoding, errors="replace"), language), encoding)
        for encoding in _OLD
    )
    signs = sum(byte > 127 for byte in sample)
    (least, best), (second, _) = costs[:2]
    if least > 0.6 * signs or second - least < 1:
        raise CannotRead(_DOUBT)
    return best


def _cost(text: str, language: str) -> float:
    """How unlike English or Spanish a reading is: 0 for what is certain."""
    return sum(
        _strangeness(text, match.start(), language)
        for match in re.finditer(r"[^\x00-\x7f]", text)
    )


def _strangeness(text: str, at: int, language: str) -> float:
    sign = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _LETTERS:
        if sign.isupper() and before.islower():
            return 2
        if before == "n" and after == "t" and not text[at + 2 : at + 3].isalpha():
            return 2  # “don’t”
        return 0 if language == "es" else 0.5
    if sign in _BORROWED and after.islower() and (before.isalpha() or sign.isupper()):
        return 1
    if sign not in _MARKS:
        return 3
    if sign in "ªº" and not (before.isalnum() or before == "."):
        return 2  # “1.º”; a space goes before the sign of a section
    if sign in _APART and (before.isalpha() or after.isalpha() or after in _APART):
        return 2
    if before.isalpha() and after.isalpha():
        # “don’t”, and in English “asylum—and”.
        loose = {"’": 0.0, "—": 0.3, "–": 0.3, "\xa0": 0.0}
        return loose.get(sign, 2) if language != "es" or sign == "\xa0" else 2
    if sign in "¿¡“‘«" and not after.strip():
        return 1
    return 1 if sign in "”»" and not before.strip() else 0
