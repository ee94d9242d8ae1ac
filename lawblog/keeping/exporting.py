"""Exports everything in formats that other programs read, so that the firm is free to
leave.

An app registers what it writes in its registrations: register_exporter("articles",
write).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from . import files, redirects, static_site
from .archive import ArchiveError
from .archive.given_paths import path_exists
from .progress import Progress

# Given an empty folder's path, writes into it; gives a sentence for people.
Write = Callable[[Path], str]

_exporters: dict[str, Write] = {}
ABOUT = """\
What is in this folder, each in a form that other programs read:

{sentences}

Nobody is signed in anywhere with it, and no password is in it. A backup, which this
software reads back whole, is made with: manage.py backup FILE
"""


def register_exporter(name: str, write: Write) -> None:
    _exporters[name] = write


def write_all(folder: Path) -> list[str]:
    """Write a new folder; sentences on what is in it. ArchiveError if it is there, or
    cannot be written: then it is not there afterwards."""
    if path_exists(folder):
        raise ArchiveError(f"{folder} is there already. Name another folder.")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        sentences = [write(part) for write in _all()]
        about = ABOUT.format(sentences="\n".join(f"- {each}" for each in sentences))
        (part / "README.txt").write_text(about, encoding="utf-8")
        os.replace(part, folder)
    except OSError as error:
        raise ArchiveError(
            f"{folder} could not be written: {error.strerror or error}."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return sentences


def _all() -> Iterator[Write]:
    yield from _exporters.values()
    yield pictures
    yield redirects.write
    yield static_site.write


def pictures(folder: Path) -> str:
    """Every stored file of ours, as it is kept."""
    count = 0
    for root, storage in files.roots().items():
        with Progress(root.title(), None) as progress:
            for name in files.names(storage):
                path = folder / root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    file.writelines(files.chunks(storage, name))
                count += 1
                progress(1)
    return f"media/: the pictures; captures/: the site as it was kept. {count:,} files."
