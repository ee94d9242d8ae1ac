"""Writing an archive: part by part, in little memory, to a file or down a pipe."""

import fcntl
import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from lawblog.atomic_files import sync_folder

from .errors import ArchiveError
from .given_paths import path_exists
from .manifest import Manifest, Part
from .names import MANIFEST

# Password hashes are in it.
OWNER_ONLY = 0o600


class ArchiveWriter:
    """`stream` needs write() alone, so that a pipe will do."""

    def __init__(self, stream: BinaryIO) -> None:
        # A ZipFile asks for no more than write() and flush(), whatever its stub says.
        target: Any = _WriteOnly(stream)
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.parts: list[Part] = []

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, kind: type | None, *rest: object) -> None:
        if kind:
            # Or its destructor would try to finish it.
            self.zip.fp = None

    @contextmanager
    def part(self, name: str, *, packed: bool) -> Iterator[Callable[[bytes], None]]:
        """Yields write(bytes). packed: not worth it for pictures, which are."""
        digest, size = hashlib.sha256(), 0

        def write(data: bytes) -> None:
            nonlocal size
            digest.update(data)
            size += len(data)
            member.write(data)

        with self.zip.open(_entry(name, packed), "w", force_zip64=True) as member:
            yield write
        self.parts.append(Part(name, size, digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        self.close_with(MANIFEST, manifest.as_json())

    def close_with(self, name: str, data: bytes) -> None:
        """The last member, which says what the others are."""
        self.zip.writestr(_entry(name, packed=True), data)
        self.zip.close()


class _WriteOnly:
    """Hides that a file can be wound back, so that no part is ever patched."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write, self.flush = stream.write, stream.flush


def _entry(name: str, packed: bool) -> zipfile.ZipInfo:
    # Dated as zip's calendar begins, so that the same rows make the same archive.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = (stat.S_IFREG | OWNER_ONLY) << 16
    return entry


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file that is there when it is whole and on the disk, or not at all.

    After a kill there is ".NAME.part", which the next try writes over.
    """
    if path_exists(path):
        raise ArchiveError(f"{path} is there already. Name another file.")
    part = path.with_name(f".{path.name}.part")
    file = _opened_alone(part, path)
    try:
        with file:
            yield from _written(file, part, path)
    # Also of closing: what a full disk did not take is tried again then.
    except OSError as error:
        raise ArchiveError(_refused(path, error)) from error
    sync_folder(path.parent)


def _written(file: BinaryIO, part: Path, path: Path) -> Iterator[BinaryIO]:
    try:
        file.truncate(0)
        yield file
        file.flush()
        os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        # While it is nobody else's.
        part.unlink(missing_ok=True)
        raise


def _opened_alone(part: Path, path: Path) -> BinaryIO:
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, OWNER_ONLY)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be made: {error.strerror}.") from None
    file = os.fdopen(descriptor, "wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise ArchiveError(f"{path} is being written by another program.") from None
    return file


def _refused(path: Path, error: OSError) -> str:
    return (
        f"{path} could not be written: {error.strerror or error}. Nothing is left of "
        "it; make room or name another place."
    )
