"""Compares the old site's sitemap with where each address leads now. Nothing is
stored."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lawblog.html.left_out import shortened
from posts.importing.article import CannotRead
from posts.importing.formats.xml import child, children, local, root_of, words
from posts.importing.upload import Upload

from .following import follow
from .spelling import NoAddress, as_kept
from .whole_table import WholeTable

MAX_ADDRESSES, MAX_BYTES = 5000, 10 * 1024 * 1024
GZIP = b"\x1f\x8b"
PACKED = (b"PK\x03\x04", b"BZh")
TOO_LARGE = "It is larger than 10 MB. Split it."
SITEMAPS_SHOWN = 20


@dataclass
class Report:
    """Addresses of the old site. leading: with the path that each leads to; waiting:
    those of articles that readers do not see yet."""

    leading: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    # Lines that hold no address.
    unread: int = 0
    # Whether it was not well-formed XML, so that addresses may be missing.
    is_mended: bool = False

    @property
    def total(self) -> int:
        others = len(self.gone) + len(self.waiting) + len(self.nowhere)
        return len(self.leading) + others


def check(data: bytes) -> Report:
    """data: a sitemap, also compressed with gzip, or a list with one address in a line.
    Raises CannotRead."""
    report, found = Report(), set[str]()
    for text in _addresses(Upload("sitemap", _unpacked(data)), report):
        try:
            found.add(as_kept(text))
        except NoAddress:
            report.unread += 1
        if len(found) > MAX_ADDRESSES:
            raise CannotRead(f"It has more than {MAX_ADDRESSES:,} addresses. Split it.")
    table = WholeTable()
    for address in sorted(found):
        _sort(address, report, table)
    if not report.total:
        raise CannotRead(
            "It holds no addresses. Paste a sitemap, or one address in each line."
        )
    return report


def _sort(address: str, report: Report, table: WholeTable) -> None:
    path, _, query = address.partition("?")
    there = follow(path, query, table.find)
    if there == "waits":
        report.waiting.append(address)
    elif there is None:
        report.nowhere.append(address)
    elif there.path:
        report.leading.append((address, there.path))
    else:
        report.gone.append(address)


def _unpacked(data: bytes) -> bytes:
    """What a sitemap.xml.gz holds, and no more of it than may be read."""
    if data.startswith(PACKED):
        raise CannotRead("It is packed. Unpack it first.")
    if data.startswith(GZIP):
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            data = unpacking.decompress(data, MAX_BYTES + 1)
        except zlib.error:
            raise CannotRead("It is damaged. Save it again.") from None
        if not unpacking.eof and len(data) <= MAX_BYTES:
            raise CannotRead("It is cut off. Save it again.")
    if len(data) > MAX_BYTES:
        raise CannotRead(TOO_LARGE)
    return data


def _addresses(upload: Upload, report: Report) -> Iterator[str]:
    if upload.head.startswith("<"):
        yield from _of_sitemap(upload, report)
        return
    for line in upload.text.lstrip("\ufeff").splitlines():
        # Of a table, the first column.
        if first := re.split("[,;\t]", line.strip(), maxsplit=1)[0].strip():
            yield first


def _of_sitemap(upload: Upload, report: Report) -> Iterator[str]:
    root, report.is_mended = root_of(upload)
    if local(root) == "sitemapindex":
        parts = [words(child(one, "loc")) for one in children(root, "sitemap")]
        named = ", ".join(shortened(part) for part in parts[:SITEMAPS_SHOWN])
        raise CannotRead(
            "It is a list of sitemaps, not of pages. Save each of them, and check "
            f"these one by one: {named}{' …' if len(parts) > SITEMAPS_SHOWN else ''}"
        )
    for url in children(root, "url"):
        yield words(child(url, "loc"))
