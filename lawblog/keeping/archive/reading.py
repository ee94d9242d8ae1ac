"""Reading an archive, which anybody may have made: everything is checked first."""

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .encryption import decrypted, is_encrypted
from .errors import ArchiveError
from .given_paths import path_exists
from .manifest import Manifest, Part, parsed
from .names import MANIFEST, problem_with

MAX_MANIFEST_BYTES = 64 * 2**20
MAX_LINE_BYTES = 64 * 2**20  # an article has at most a quarter of it
# Rows pack to a tenth, invented ones to a fiftieth; what is made to fill a disk, to a
# thousandth. Small archives may be odd.
MAX_UNPACKED_RATIO, UNSUSPICIOUS_BYTES = 300, 256 * 2**20
CHUNK_BYTES = 2**18
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Progress = Callable[[int], object]


class Archive:
    """An opened archive of which names, sizes and manifest fit each other; verify()
    reads all of it."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except Exception:  # zipfile raises almost anything on bytes made to break it
            raise ArchiveError(
                "This is no backup, or it was cut off: its end is not there."
            ) from None
        self.entries = self._entries(file)
        self.manifest = self._manifest()
        self.parts = {part.name: part for part in self.manifest.parts}
        self._compare()

    def _entries(self, file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self.zip.infolist():
            # As it stands in the file: zipfile cuts it at a NUL.
            if problem := _problem_with(entry) or problem_with(entry.orig_filename):
                raise ArchiveError(f"{entry.orig_filename!r} has {problem}.")
            if entry.filename in entries:
                raise ArchiveError(f"{entry.filename!r} is in the archive twice.")
            entries[entry.filename] = entry
        packed = sum(entry.compress_size for entry in entries.values())
        unpacked = sum(entry.file_size for entry in entries.values())
        # Parts that lie over each other, or hold next to nothing.
        if (
            packed > file.seek(0, 2)
            or unpacked > UNSUSPICIOUS_BYTES + packed * MAX_UNPACKED_RATIO
        ):
            raise ArchiveError(
                f"Unpacked it would take {unpacked:,} bytes, which no backup of this "
                "size does: it was made to fill the disk."
            )
        return entries

    def _manifest(self) -> Manifest:
        entry = self.entries.get(MANIFEST)
        if not entry:
            raise ArchiveError("This is no backup of a site like this: no manifest.")
        if entry.file_size > MAX_MANIFEST_BYTES:
            raise ArchiveError("The manifest of this archive is too long.")
        with self._damage(MANIFEST), self.zip.open(entry) as file:
            return parsed(file.read(MAX_MANIFEST_BYTES))

    def _compare(self) -> None:
        if len(self.parts) != len(self.manifest.parts):
            raise ArchiveError("The manifest names a part twice.")
        there = self.entries.keys() - {MANIFEST}
        if missing := self.parts.keys() - there:
            raise ArchiveError(f"{min(missing)} is missing from the archive.")
        if foreign := there - self.parts.keys():
            raise ArchiveError(f"{min(foreign)} is not in the archive's manifest.")
        for part in self.manifest.parts:
            if self.entries[part.name].file_size != part.bytes:
                raise ArchiveError(altered(part.name))

    def verify(self, progress: Progress = lambda done: None) -> None:
        """Reads every part; ArchiveError names the first that is not as it was."""
        for part in self.manifest.parts:
            for data in self.chunks(part):
                progress(len(data))

    def chunks(self, part: Part) -> Iterator[bytes]:
        """A part's bytes; ArchiveError at its end unless they are what was written."""
        digest = hashlib.sha256()
        with self._damage(part.name), self.zip.open(part.name) as file:
            while data := file.read(CHUNK_BYTES):
                digest.update(data)
                yield data
        if digest.hexdigest() != part.sha256:
            raise ArchiveError(altered(part.name))

    def lines(self, part: Part) -> Iterator[bytes]:
        """The lines of a table that verify() has read, without their ends."""
        with self._damage(part.name), self.zip.open(part.name) as file:
            while line := file.readline(MAX_LINE_BYTES):
                if not line.endswith(b"\n"):
                    raise ArchiveError(f"{part.name} has a line that does not end.")
                yield line[:-1]

    @contextmanager
    def _damage(self, name: str) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise ArchiveError(altered(name)) from error
        # An entry's flags ask for what zipfile cannot do.
        except (NotImplementedError, RuntimeError, ValueError) as error:
            raise ArchiveError(f"{name} cannot be read: {error}.") from error


def altered(name: str) -> str:
    return f"{name} is not as it was written: the archive was altered or spoilt."


def _problem_with(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "become a link"
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        return "become something that is no file"
    if entry.compress_type not in KINDS or entry.flag_bits & 1:
        return "been packed in a way that no backup is"
    return ""


@contextmanager
def opened(path: Path, identity: Path | None = None) -> Iterator[Archive]:
    """The archive in a file, decrypted if need be with the key in the file `identity`;
    ArchiveError for whatever is not one."""
    if path_exists(path) and not path.is_file():
        raise ArchiveError(
            f"{path} is a folder or a pipe, and an archive is read from its end. Give "
            "a file."
        )
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        if is_encrypted(file):
            with decrypted(file, identity, settings.VAR_DIR) as plain:
                yield Archive(plain)
        else:
            yield Archive(file)
