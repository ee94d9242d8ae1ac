"""The files that an archive carries beside rows: pictures, captures of the site.

Their names tell their content, or they are never changed once written: a file that is
there already is the same, unless it was spoilt.
"""

import hashlib
from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage

from lawblog.records.capture import store

AT_ONCE = 2**18  # bytes
# Half-written files of this program and of others.
HIDDEN = "."


def roots() -> dict[str, Storage]:
    """{name in an archive: the storage of which every file is in it}."""
    return {"captures": store.as_storage(), "media": default_storage}


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files in a storage, in order, but for hidden ones."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if not name.startswith(HIDDEN):
            yield f"{folder}{name}"
    for name in sorted(folders):
        if not name.startswith(HIDDEN):
            yield from names(storage, f"{folder}{name}/")


def chunks(storage: Storage, name: str) -> Iterator[bytes]:
    with storage.open(name) as file:
        yield from file.chunks(AT_ONCE)


def digest(storage: Storage, name: str) -> str:
    """SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    for some in chunks(storage, name):
        found.update(some)
    return found.hexdigest()


class Reader(File):
    """An iterable of bytes as the file that a storage uploads."""

    def __init__(self, data: Iterable[bytes]) -> None:
        super().__init__(None)
        self.waiting, self.held = iter(data), b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.held) < size:
            some = next(self.waiting, None)
            if some is None:
                break
            self.held += some
        end = len(self.held) if size < 0 else size
        given, self.held = self.held[:end], self.held[end:]
        return given

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from self.waiting
