"""The file that a backup is: a zip of rows, files and, last, a manifest.

rows/posts.post.jsonl    each table, as tables.py writes it
files/media/…            pictures and whatever else files.py knows
manifest.json            what the archive is, and each part's size and SHA-256
"""

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
