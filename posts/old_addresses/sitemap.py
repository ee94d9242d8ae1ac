"""The old site's own list of its addresses, compared with where each leads now. Nothing
of it is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from posts.importing.article import CannotRead
from posts.importing.formats.xml import child, children, local, root_of, words
from posts.importing.upload import Upload

from .following import follow
from .spelling import NoAddress, as_kept
from .whole_table import WholeTable

MOST, MOST_BYTES = 5000, 10 * 1024 * 1024
PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh")


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

    @property
    def total(self) -> int:
        others = len(self.gone) + len(self.waiting) + len(self.nowhere)
        return len(self.leading) + others


def check(data: bytes) -> Report:
    """data: a sitemap, or a list with one address in a line. Raises CannotRead."""
    report, found = Report(), set[str]()
    for text in _addresses(Upload("sitemap", data)):
        try:
            found.add(as_kept(text))
        except NoAddress:
            report.unread += 1
        if len(found) > MOST:
            raise CannotRead(f"It has more than {MOST:,} addresses. Split it.")
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


def _addresses(upload: Upload) -> Iterator[str]:
    if len(upload.data) > MOST_BYTES:
        raise CannotRead("It is larger than 10 MB. Split it.")
    if upload.data.startswith(PACKED):
        raise CannotRead("It is packed. Unpack it first.")
    if upload.head.startswith("<"):
        yield from _of_sitemap(upload)
        return
    for line in upload.text.lstrip("\ufeff").splitlines():
        # Of a table, the first column.
        if first := re.split("[,;\t]", line.strip(), maxsplit=1)[0].strip():
            yield first


def _of_sitemap(upload: Upload) -> Iterator[str]:
    root, _ = root_of(upload)
    if local(root) == "sitemapindex":
        raise CannotRead(
            "It is a list of sitemaps, not of pages. Open each address that is in it, "
            "and check what you find there."
        )
    for url in children(root, "url"):
        yield words(child(url, "loc"))
