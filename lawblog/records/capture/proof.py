"""A proof pack: one zip with which a third party checks a capture without us."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lawblog.keeping.archive import appearing

from . import copy_to_browse, store, warc
from .hooks import hooks
from .manifest import Manifest

README = Path(__file__).with_name("proof.txt")


def write_to(path: Path, found: Manifest) -> None:
    """ArchiveError where it cannot be written, ValueError where a payload is spoilt."""
    with appearing(path) as file:
        write(file, found)


def write(out: BinaryIO, found: Manifest) -> None:
    sums = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for name, data in _members(found):
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            kind = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name), data, compress_type=kind)
        pack.writestr(zipfile.ZipInfo("SHA256SUMS"), "".join(sums))


def _members(found: Manifest) -> Iterator[tuple[str, bytes]]:
    facts = {"site": found.about["site"], "at": found.about["at"]}
    text = README.read_text(encoding="utf-8")
    digest = store.file_digest(found.name)
    text = text.format(manifest=found.name, digest=digest, **facts)
    yield "README.txt", text.encode()
    yield found.name, (store.folder() / found.name).read_bytes()
    for digest in sorted({seen["sha256"] for seen in found.seen.values()}):
        # As it is read, so that a spoilt one is found before it is handed over.
        store.payload(digest)
        name = store.payload_name(digest)
        yield name, (store.folder() / name).read_bytes()
    if hooks.lines:
        lines = (f"{line}\n".encode() for read in hooks.lines for line in read())
        yield "ledger.jsonl", b"".join(lines)
    yield "capture.warc.gz", _warc(found)
    for name, data in copy_to_browse.files(found):
        yield f"browse/{name}", data


def _warc(found: Manifest) -> bytes:
    out = io.BytesIO()
    warc.write(found, out)
    return out.getvalue()
