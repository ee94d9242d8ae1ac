"""The whole export as one zip file, which the desk hands out."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from . import exporting

NAME = "everything.zip"


def path() -> Path:
    return Path(settings.VAR_DIR) / "exports" / NAME


def make() -> str:
    """Makes the file anew, in place of the last one. A sentence; ArchiveError."""
    folder = path().parent
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".*"):  # of one that was killed
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        exporting.write_all(Path(beside) / "everything")
        part = shutil.make_archive(f"{beside}/packed", "zip", beside, "everything")
        # Drafts are in it.
        os.chmod(part, 0o600)
        os.replace(part, path())
    size = filesizeformat(path().stat().st_size).replace("\xa0", " ")
    return f"{NAME}, {size}, is ready."
