"""The manifest: what the archive is and what it holds.

rows/posts.post.jsonl    a table, as tables.py writes it
files/media/…            pictures, and whatever else files.py knows
manifest.json            this: the size and SHA-256 of each of these
"""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict

from .errors import ArchiveError

FORMAT = "lawblog backup"
VERSION = 1
_SHA256 = re.compile("[0-9a-f]{64}")
FOREIGN = "This is no backup of a site like this one: its manifest says something else."


class Head(TypedDict):
    """The end of the ledger: how many lines, and the hash of the last."""

    seq: int
    head: str


@dataclass(frozen=True)
class Part:
    """A member of the zip but for the manifest: its unpacked size in bytes and SHA-256;
    of a table, how many rows."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass
class Manifest:
    """made_at: a moment as text. migrations: [[app, name]…] of the database that the
    rows came from."""

    made_at: str
    site: str
    database: str
    migrations: list[list[str]]
    ledger: Head | None = None
    parts: list[Part] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    format: str = FORMAT
    version: int = VERSION

    def as_json(self) -> bytes:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        return text.encode() + b"\n"

    @property
    def rows(self) -> int:
        return sum(part.rows or 0 for part in self.parts)

    @property
    def bytes(self) -> int:
        """All parts unpacked."""
        return sum(part.bytes for part in self.parts)

    @property
    def files(self) -> list[Part]:
        return [part for part in self.parts if part.name.startswith("files/")]

    @property
    def summary(self) -> str:
        """ "1,204 rows of 36 tables, 80 files, made at 2026-11-27T03:00:00…Z of …"."""
        tables = sum(part.rows is not None for part in self.parts)
        text = (
            f"{self.rows:,} rows of {tables} tables, {len(self.files):,} files, "
            f"made at {self.made_at} of {self.site}."
        )
        if self.ledger:
            text += f" The ledger has {self.ledger['seq']:,} lines and ends with "
            text += f"{self.ledger['head']}."
        return text


def parsed(text: bytes) -> Manifest:
    """The Manifest of its JSON; ArchiveError for anything else, or a newer one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ArchiveError("The manifest of this archive cannot be read.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ArchiveError(FOREIGN)
    if found.get("version") != VERSION:
        raise ArchiveError(
            f"This backup has version {found.get('version')!r} of the format, and this "
            f"site knows {VERSION}. Update the software, then restore."
        )
    try:
        parts = [_part(part) for part in found.pop("parts")]
        return _checked(Manifest(**found, parts=parts))
    except (TypeError, KeyError, ValueError, AttributeError):
        raise ArchiveError(FOREIGN) from None


def _part(found: dict[str, Any]) -> Part:
    part = Part(**found)
    sizes = [part.bytes, 0 if part.rows is None else part.rows]
    if any(type(size) is not int or size < 0 for size in sizes):
        raise ValueError(part)
    if type(part.name) is not str or not _SHA256.fullmatch(part.sha256):
        raise ValueError(part)
    return part


def _checked(manifest: Manifest) -> Manifest:
    texts = [manifest.made_at, manifest.site, manifest.database, *manifest.left_out]
    texts += [text for pair in manifest.migrations for text in pair]
    if any(type(text) is not str for text in texts):
        raise ValueError(texts)
    if any(len(pair) != 2 for pair in manifest.migrations):
        raise ValueError(manifest.migrations)
    ledger = manifest.ledger
    if ledger is not None and not (
        type(ledger["seq"]) is int and type(ledger["head"]) is str
    ):
        raise ValueError(ledger)
    return manifest
