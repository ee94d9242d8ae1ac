"""Articles from files: one pure parser per format, recognised by content.

reading.py     paths, folders and archives → outcomes
formats/       the parsers, and the order in which they are asked
finishing.py   what they found → Articles, all in the same way
"""

from .article import (
    Article,
    CannotRead,
    Finding,
    Outcome,
    Refusal,
    Remark,
)
from .gallery import in_words, without_pictures
from .names_file import ExportedNames
from .picture import Picture
from .reading import read, read_files, read_folder, read_upload
from .upload import Upload

__all__ = [
    "Article",
    "CannotRead",
    "Finding",
    "ExportedNames",
    "Outcome",
    "Picture",
    "Refusal",
    "Remark",
    "Upload",
    "in_words",
    "read",
    "read_files",
    "read_folder",
    "read_upload",
    "without_pictures",
]
