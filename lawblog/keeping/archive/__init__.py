"""The backup file: a zip of rows, files and, last, a manifest."""

from .errors import ArchiveError
from .manifest import Manifest, Part
from .reading import Archive, opened
from .writing import ArchiveWriter, appearing

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveWriter",
    "Manifest",
    "Part",
    "appearing",
    "opened",
]
