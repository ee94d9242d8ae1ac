"""Formats that are recognised so that the refusal can name them and say what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from ..article import CannotRead, Found
from ..upload import Format, Upload

_AS_DOCX = "Open it in Word or LibreOffice, and save it as .docx."
_SIGNATURES = (
    (
        b"%PDF-",
        "a PDF",
        "Bring in the document that it was made from, as .docx or HTML.",
    ),
    (b"{\\rtf", "RTF (rich text)", _AS_DOCX),
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an old Word (.doc), or another file of old Office or Outlook",
        _AS_DOCX,
    ),
    (b"bplist00", "a web archive of Safari", "Save the page as HTML."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it, or make a zip of it."),
    (b"BZh", "compressed with bzip2", "Unpack it, or make a zip of it."),
    (b"\xfd7zXZ", "compressed with xz", "Unpack it, or make a zip of it."),
    (b"Rar!", "a RAR archive", "Unpack it, or make a zip of it."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it, or make a zip of it."),
    (b"SQLite format 3", "a database", "Export the articles from the old site."),
    (b"\x89PNG", "a picture", "Bring it in together with the page that shows it."),
    (b"\xff\xd8\xff", "a picture", "Bring it in together with the page that shows it."),
    (b"GIF8", "a picture", "Bring it in together with the page that shows it."),
    (b"MZ", "a program", "Bring in articles."),
    (b"\x7fELF", "a program", "Bring in articles."),
)
# Archives that are one document, by a part of each.
_PACKED = (
    (".iwa", "a document of Apple’s Pages", "Export it from Pages as Word (.docx)."),
    ("xl/workbook.xml", "a table of Excel (.xlsx)", "Export the articles as text."),
    ("ppt/presentation.xml", "slides of PowerPoint", "Save their text as .docx."),
    ("META-INF/container.xml", "an e-book (.epub)", _AS_DOCX),
    ("content.opf", "an e-book (.epub)", _AS_DOCX),
)
_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
_ROOT = re.compile(r"<([a-z][\w:-]*)")


def named(data: bytes) -> tuple[str, str] | None:
    """(what a file is, what to do) by its first bytes; None if it may be read."""
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            return name, advice
    if data[:4] == b"PK\x03\x04" and _ODF in data[:200]:
        is_text = _ODF + b"text" in data[:200]
        what = "a text of LibreOffice (.odt)" if is_text else "a file of LibreOffice"
        return what, "Save it as .docx." if is_text else "Save its text as .docx."
    if data.startswith(b"PK\x03\x04") and (found := _document_in(data)):
        return found
    if data[257:262] == b"ustar":
        return "a TAR archive", "Unpack it, or make a zip of it."
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return (
            "a picture or a film",
            "Bring it in together with the page that shows it.",
        )
    return None


def _document_in(data: bytes) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return next(
        (
            (what, advice)
            for end, what, advice in _PACKED
            if any(name.endswith(end) and name.count("/") <= 1 for name in names)
        ),
        None,
    )


def _refuse(upload: Upload) -> Iterator[Found]:
    name, advice = named(upload.data) or ("unknown", "")
    raise CannotRead(f"It is {name}, which cannot be imported. {advice}")
    yield  # a generator, as every reader is


def _refuse_xml(upload: Upload) -> Iterator[Found]:
    root = _ROOT.search(upload.head)
    what = f" (<{root[1]}>)" if root else ""
    raise CannotRead(
        f"It is XML of another kind{what}. Bring in an export, a feed or a page."
    )
    yield


def _refuse_json(upload: Upload) -> Iterator[Found]:
    raise CannotRead(
        "It is JSON, but neither an export of Ghost nor a JSON feed, or it is cut off."
    )
    yield


def _refuse_table(upload: Upload) -> Iterator[Found]:
    raise CannotRead(
        "It is a table, but not that of a Wix blog: there is no column “Rich Content”."
    )
    yield


def _is_table(upload: Upload) -> bool:
    """Whether the first line names columns, and those below have as many cells."""
    lines = [line for line in upload.head.splitlines()[:5] if line.strip()]
    if len(lines) < 2:
        return False
    sign = max(",;\t", key=lines[0].count)
    names = lines[0].split(sign)
    is_head = all(re.fullmatch(r'\s*"?[\w -]{1,30}"?\s*', name) for name in names)
    return len(names) > 1 and is_head and lines[1].count(sign) >= len(names) - 1


BY_SIGNATURE = Format("refused", lambda upload: bool(named(upload.data)), _refuse)
XML = Format("other XML", lambda upload: upload.head.startswith("<"), _refuse_xml)
JSON = Format(
    "other JSON",
    lambda u: u.head.startswith("{") or bool(re.match(r'\[\s*[{\["\d]', u.head)),
    _refuse_json,
)
TABLE = Format("other table", _is_table, _refuse_table)
