"""Paths that were given on a command line."""

from pathlib import Path

from .errors import ArchiveError


def path_exists(path: Path) -> bool:
    """ArchiveError where no file can be: its name is too long, or may not be read."""
    if "\0" in str(path):
        raise ArchiveError(f"{str(path)!r} is no name of a file.")
    try:
        return path.exists()
    except OSError as error:
        raise ArchiveError(f"{path} cannot be used: {error.strerror}.") from None
