"""The files of an archive on their way into a site: written beside their names, where
nobody is shown them, until the rows are proven. Those with names that the site has not
come just before the rows, so that no row shows a picture that is missing; what the site
has gives way to other bytes only after them.

A bucket renames nothing: its new files come before anything else, and stay there, shown
to nobody, if the restore fails.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.core.files.storage import Storage

from lawblog.atomic_files import sync_folder, write_beside

from . import files
from .archive import Archive, ArchiveError, Part
from .archive.names import split_file
from .progress import Progress


@dataclass(frozen=True)
class Incoming:
    """One file. beside: where it lies, and under its name it will be at `path`; None in
    a bucket."""

    storage: Storage
    name: str
    data: Callable[[], Iterable[bytes]]
    beside: Path | None

    @property
    def path(self) -> Path:
        return Path(self.storage.path(self.name))

    def take_its_name(self) -> None:
        """In place of what has it."""
        if self.beside:
            os.replace(self.beside, self.path)
        else:
            self.storage.delete(self.name)
            self.upload()

    def upload(self) -> None:
        self.storage.save(self.name, files.Reader(self.data()))


@dataclass
class IncomingFiles:
    """new: names that the site has not; others: names under which it has other bytes;
    count: how many were, or are to be, written."""

    new: list[Incoming] = field(default_factory=list)
    others: list[Incoming] = field(default_factory=list)
    count: int = 0

    def bring(self, archive: Archive, part: Part, storage: Storage, name: str) -> None:
        """Write a file beside its name, unless the site has it."""
        is_there = storage.exists(name)
        if is_there and files.digest(storage, name) == part.sha256:
            return
        self.count += 1
        path, data = _path(storage, name), partial(archive.chunks, part)
        beside = write_beside(path, data()) if path else None
        one = Incoming(storage, name, data, beside)
        if not beside and not is_there:
            one.upload()
        else:
            (self.others if is_there else self.new).append(one)

    def add(self) -> None:
        """Give those their names that the site has not."""
        for one in self.new:
            if one.path.exists():  # uploaded meanwhile
                self.others.append(one)
            else:
                one.take_its_name()
        _sync(self.new)

    def replace(self) -> None:
        """Put the others in place of what the site has. ArchiveError names one that
        cannot be."""
        for one in self.others:
            try:
                one.take_its_name()
            except OSError as error:
                raise ArchiveError(
                    f"All rows are restored, but {one.name} could not be replaced: "
                    f"{error.strerror}. Mend that, then restore once more."
                ) from error
        _sync(self.others)


def _sync(some: Iterable[Incoming]) -> None:
    for folder in {one.path.parent for one in some if one.beside}:
        sync_folder(folder)


def _path(storage: Storage, name: str) -> Path | None:
    """Where a file is on this machine; None in a bucket."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None


@contextmanager
def incoming(archive: Archive) -> Iterator[IncomingFiles]:
    """All files of an archive, beside their names; those that have none afterwards are
    gone. ArchiveError for a kind of files that this software does not keep."""
    storages, found = files.roots(), IncomingFiles()
    try:
        with Progress("Files", len(archive.manifest.files)) as progress:
            for part in archive.manifest.files:
                root, name = split_file(part.name)
                if root not in storages:
                    raise ArchiveError(f"This software keeps no files of “{root}”.")
                found.bring(archive, part, storages[root], name)
                progress(1)
        yield found
    finally:
        for one in (*found.new, *found.others):
            if one.beside:
                one.beside.unlink(missing_ok=True)
