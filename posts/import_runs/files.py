"""Files that were sent to the desk, kept in pieces until they have been read.

In the database, since that is what all machines of a site share; left out of backups.
"""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from posts.importing.files import MAX_ARCHIVE_BYTES
from posts.importing.upload import MB
from posts.models import ImportPiece, ImportRun
from posts.models.import_run import MAX_PLACE_LENGTH

PIECE_BYTES = 4 * MB
MAX_RUN_BYTES = 300 * MB
MAX_FILES = 2_000


class UploadedFiles(Mapping[str, bytes]):
    """The files of a run by their names, read when they are asked for."""

    def __init__(self, run: ImportRun) -> None:
        self.pieces = ImportPiece.objects.filter(run=run)
        self.names = list(
            self.pieces.order_by("name").values_list("name", flat=True).distinct()
        )

    def __getitem__(self, name: str) -> bytes:
        pieces = self.pieces.filter(name=name).order_by("number")
        found = [bytes(data) for data in pieces.values_list("data", flat=True)]
        if not found:
            raise KeyError(name)
        return b"".join(found)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def keep(run: ImportRun, name: str, number: int, data: bytes) -> None:
    """Keep a piece of a file; the same one sent again takes the place of the first.

    name: with its folders, for people; no path of any disk. Raises ValidationError.
    """
    name = tidy_name(name)
    if not run.is_kept or run.started_at:
        raise ValidationError("This import has begun already. Start another.")
    if len(data) > PIECE_BYTES:
        raise ValidationError("A piece of the file is too large. Start again.")
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=run.pk)
        run.pieces.filter(name=name, number=number).delete()
        _refuse_too_much(run, name, number, len(data))
        run.pieces.create(name=name, number=number, size=len(data), data=data)


def tidy_name(name: str) -> str:
    """A file's name as it is shown: the end of it, if it is very long."""
    parts = [
        part
        for part in name.replace("\\", "/").split("/")
        if part not in ("", ".", "..")
    ]
    tidy = "/".join("".join(c for c in part if c.isprintable()) for part in parts)
    if not tidy.strip("/ "):
        raise ValidationError("A file without a name cannot be read.")
    return tidy[-MAX_PLACE_LENGTH:]


def _refuse_too_much(run: ImportRun, name: str, number: int, size: int) -> None:
    # An archive may be larger than any other file.
    if number * PIECE_BYTES + size > MAX_ARCHIVE_BYTES:
        raise ValidationError(f"“{name}” is larger than {MAX_ARCHIVE_BYTES // MB} MB.")
    if run.size + size > MAX_RUN_BYTES:
        raise ValidationError(
            f"These files are larger than {MAX_RUN_BYTES // MB} MB together. Bring "
            "them in by parts."
        )
    if not number and len(UploadedFiles(run)) >= MAX_FILES:
        raise ValidationError(
            f"These are more than {MAX_FILES:,} files. Bring them in by parts."
        )
