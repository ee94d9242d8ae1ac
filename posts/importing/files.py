"""The files of a folder or an archive, read one by one and only as far as is safe.

Names are labels for people: nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO

from . import own_export
from .article import CannotRead
from .upload import MB

MAX_ARCHIVE_BYTES = 100 * MB
MAX_FILES = 2_000
MAX_MEMBER_BYTES = 25 * MB
MAX_UNPACKED_BYTES = 300 * MB
# A text shrinks to a tenth or a thirtieth; what shrinks more is made to harm.
_MAX_RATIO, _SMALL_BYTES = 200, MB
_IGNORED_FOLDERS = {"__MACOSX", ".git", "node_modules"}
_IGNORED_FILES = {"thumbs.db", "desktop.ini"}


def load(path: Path) -> bytes:
    """The bytes of a file; raises CannotRead."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CannotRead("It is no ordinary file.")
        with path.open("rb") as file:
            data = file.read(MAX_ARCHIVE_BYTES + 1)
    except FileNotFoundError:
        raise CannotRead("There is no such file. Check the name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be one of a file"
        raise CannotRead(f"It cannot be read: {reason}.") from None
    if len(data) > MAX_ARCHIVE_BYTES:
        raise CannotRead(f"It is larger than {MAX_ARCHIVE_BYTES // MB} MB.")
    return data


class Folder(Mapping[str, bytes]):
    """The files below a folder, by their path within it; hidden ones are passed over,
    and links are not followed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: list[str] = []
        for folder, below, files in os.walk(path):
            below[:] = sorted(name for name in below if not _is_ignored(name))
            inside = Path(folder).relative_to(path)
            self.names += [
                str(inside / name)
                for name in sorted(files)
                if not _is_ignored(name) and not (Path(folder) / name).is_symlink()
            ]

    def __getitem__(self, name: str) -> bytes:
        if name not in self.names:
            raise KeyError(name)
        return load(self.path / name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Archive(Mapping[str, bytes]):
    """The files of a zip, by name; raises CannotRead where one cannot be trusted."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise CannotRead("The archive is damaged. Make it again.") from None
        infos = [i for i in self.zip.infolist() if not i.is_dir()]
        # Our own export also has each page of the site, and captures.
        needed = set(own_export.needed_of([info.filename for info in infos]))
        infos = [info for info in infos if info.filename in needed]
        if len(infos) > MAX_FILES:
            raise CannotRead(
                f"The archive holds more than {MAX_FILES} files. Make several of it."
            )
        if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
            raise CannotRead("The archive is too large when it is unpacked.")
        self.infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if not any(map(_is_ignored, info.filename.split("/"))):
                self.infos[_free(info.filename, self.infos)] = info

    def __getitem__(self, name: str) -> bytes:
        info = self.infos[name]
        if info.flag_bits & 1:
            raise CannotRead("It has a password. Make the archive without one.")
        if info.file_size > max(_SMALL_BYTES, info.compress_size * _MAX_RATIO):
            raise CannotRead("It is packed far more densely than any article.")
        if info.file_size > MAX_MEMBER_BYTES:
            raise CannotRead(f"It is larger than {MAX_MEMBER_BYTES // MB} MB.")
        try:
            with self.zip.open(info) as file:
                # What the archive says of a size may be a lie.
                data = file.read(MAX_MEMBER_BYTES + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ):
            raise CannotRead("It is damaged in the archive.") from None
        if len(data) > MAX_MEMBER_BYTES:
            raise CannotRead(f"It is larger than {MAX_MEMBER_BYTES // MB} MB.")
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self.infos)

    def __len__(self) -> int:
        return len(self.infos)


def _free(name: str, taken: Mapping[str, object]) -> str:
    """The name; of two files with one name, the later is named after that."""
    if name not in taken:
        return name
    path = PurePosixPath(name)
    numbers = (f"{path.stem} ({number}){path.suffix}" for number in count(2))
    others = (str(path.with_name(other)) for other in numbers)
    return next(other for other in others if other not in taken)


def _is_ignored(name: str) -> bool:
    hidden = name.startswith(".") and name not in (".", "..")
    return hidden or name in _IGNORED_FOLDERS or name.lower() in _IGNORED_FILES
