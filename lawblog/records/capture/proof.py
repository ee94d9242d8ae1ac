"""A proof pack: one zip with which a third party checks a capture without us."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from lawblog.keeping.archive import ArchiveWriter, Part, appearing
from lawblog.keeping.files import AT_ONCE

from . import copy_to_browse, ledger_lines, store, warc
from .manifest import Manifest

README = Path(__file__).with_name("proof.txt")


def write_to(path: Path, found: Manifest) -> None:
    """ArchiveError where it cannot be written, ValueError where a payload is spoilt."""
    with appearing(path) as file:
        write(file, found)


def write(out: BinaryIO, found: Manifest) -> None:
    """In little memory, however large the capture and the ledger are. `out` needs
    write() alone."""
    with ArchiveWriter(out) as pack:
        _write_whole(pack, "README.txt", [_readme(found)])
        _write_whole(pack, found.name, _read(found.name))
        for digest in sorted({seen["sha256"] for seen in found.seen.values()}):
            # As it is read, so that a spoilt one is found before it is handed over.
            store.payload(digest)
            name = store.payload_name(digest)
            _write_whole(pack, name, _read(name))
        lines = (f"{line}\n".encode() for line in ledger_lines.lines())
        _write_whole(pack, "ledger.jsonl", lines)
        with pack.part("capture.warc.gz", packed=False) as write_some:
            warc.write(found, write_some)
        for name, data in copy_to_browse.files(found):
            _write_whole(pack, f"browse/{name}", [data])
        pack.close_with("SHA256SUMS", _sums(pack.parts))


def _write_whole(pack: ArchiveWriter, name: str, data: Iterable[bytes]) -> None:
    with pack.part(name, packed=not name.endswith(".gz")) as write_some:
        for some in data:
            write_some(some)


def _readme(found: Manifest) -> bytes:
    facts = {"site": found.about["site"], "at": found.about["at"]}
    text = README.read_text(encoding="utf-8")
    digest = store.file_digest(found.name)
    return text.format(manifest=found.name, digest=digest, **facts).encode()


def _read(name: str) -> Iterator[bytes]:
    with (store.folder() / name).open("rb") as file:
        while some := file.read(AT_ONCE):
            yield some


def _sums(parts: Iterable[Part]) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{part.sha256}  {part.name}\n" for part in parts).encode()
