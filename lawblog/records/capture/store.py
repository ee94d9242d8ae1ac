"""The folder of captures. A payload is kept once, under its SHA-256, however many
captures show it; a capture is a manifest that names payloads.

    payloads/ab/ab12….gz          an answer's body, as served
    2026-11-30T080000Z.jsonl.gz   a manifest (manifest.py), written last

A capture without its manifest did not happen; what it wrote is of use to the next.
"""

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from lawblog.atomic_files import write_beside

NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)\.jsonl\.gz")
MOMENT = "%Y-%m-%dT%H%M%SZ"
DIGEST = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    return Path(settings.VAR_DIR) / "captures"


def as_storage() -> FileSystemStorage:
    """For backups, which carry it."""
    return FileSystemStorage(location=folder())


def payload_name(digest: str) -> str:
    return f"payloads/{digest[:2]}/{digest}.gz"


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def keep(body: bytes) -> str:
    """Keep a payload; its SHA-256."""
    digest = digest_of(body)
    try:
        payload(digest)
    except ValueError:  # it is not there, or spoilt: then this is what it was
        # Without a time, so that the same payload is the same file.
        write(folder() / payload_name(digest), gzip.compress(body, mtime=0))
    return digest


def payload(digest: str) -> bytes:
    """ValueError where it is not what it was, or not there."""
    if not DIGEST.fullmatch(digest):
        raise ValueError(f"{digest[:70]!r} is no SHA-256.")
    try:
        body = gzip.decompress((folder() / payload_name(digest)).read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{payload_name(digest)} cannot be read: {error}.") from error
    if digest_of(body) != digest:
        raise ValueError(f"{payload_name(digest)} is not what it was.")
    return body


def write(path: Path, data: bytes) -> None:
    """A file that is there whole and on the disk, or not at all."""
    os.replace(write_beside(path, [data]), path)


def name_of(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime(MOMENT) + ".jsonl.gz"


def moment_of(name: str) -> datetime:
    text = name.partition(".")[0]
    return datetime.strptime(text, MOMENT).replace(tzinfo=timezone.utc)


def names(until: datetime | None = None) -> list[str]:
    """Names of the manifests, the oldest first; until: of those made by that moment. A
    clock that was ahead and put right leaves some that come later."""
    if not folder().exists():
        return []
    found = sorted(p.name for p in folder().iterdir() if NAME.fullmatch(p.name))
    return [n for n in found if moment_of(n) <= until] if until else found


def payloads() -> Iterator[str]:
    """The SHA-256 in the name of each payload there is."""
    for path in sorted((folder() / "payloads").glob("*/*.gz")):
        yield path.name.removesuffix(".gz")


def file_digest(name: str) -> str:
    """SHA-256 of a manifest as a file: what `sha256sum` says of it."""
    return hashlib.sha256((folder() / name).read_bytes()).hexdigest()
