"""Files written atomically: a file is there whole, or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# What a killed program leaves behind. Housekeeping removes it, and nothing serves it.
UNFINISHED = ".{}.part"


def write_atomically(path: Path, data: Iterable[bytes], mode: int = 0o666) -> None:
    """Write a file under a temporary name, and rename it once it is on the disk.

    Raises OSError, as on a full disk, and then leaves nothing behind.
    """
    part = write_beside(path, data, mode)
    try:
        os.replace(part, path)
    except OSError:
        part.unlink()
        raise
    sync_folder(path.parent)


def write_beside(path: Path, data: Iterable[bytes], mode: int = 0o666) -> Path:
    """Write what is to become a file, on the disk, under a temporary name beside it;
    that name.

    Raises OSError, as on a full disk, and then leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name may be as long as file systems have them, and this one is longer.
    part = path.with_name(UNFINISHED.format(f"{path.name[:50]}.{os.urandom(4).hex()}"))
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def sync_folder(folder: Path) -> None:
    """A file's new name, too, has to survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class AtomicFileSystemStorage(FileSystemStorage):
    """Django's own would leave half a file behind when the disk is full or the machine
    stops."""

    def _save(self, name: str, content: File) -> str:
        mode = self.file_permissions_mode or 0o666
        write_atomically(Path(self.path(name)), content.chunks(), mode)
        return name
