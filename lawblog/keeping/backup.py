"""Makes a backup: an archive of this site's rows (tables.py) and files (files.py)."""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lawblog.records import restoring

from . import files
from .archive import ArchiveError, ArchiveWriter, Manifest, Part, appearing
from .archive.encryption import encrypted, recipients
from .archive.given_paths import path_exists
from .archive.names import file_of, problem_with_file, rows_of
from .progress import Progress
from .snapshot import snapshot
from .tables import Table, as_text, carried, lines

STANDARD_OUTPUT = Path("-")
# Rows come one by one: written together, they cost a third.
BUFFER_BYTES = 2**16


def write_to(path: Path, keys: Iterable[str] = ()) -> Manifest:
    """Write an archive of this site and return its manifest.

    path: a new file, a pipe, or "-" for standard output. keys: public keys of age, any
    of whose secret halves opens it. ArchiveError says what is in the way; a file is
    then not there.
    """
    public = recipients(keys)
    with ExitStack() as stack:
        out = stack.enter_context(_sink(path))
        if public:
            out = stack.enter_context(encrypted(out, public))
        return _write(stack.enter_context(ArchiveWriter(out)))


@contextmanager
def _sink(path: Path) -> Iterator[BinaryIO]:
    if path == STANDARD_OUTPUT:
        if sys.stdout.isatty():
            raise ArchiveError(
                "A backup is nothing to read: send it on, or name a file."
            )
        yield from _down(sys.stdout.buffer)
    elif path_exists(path) and stat.S_ISFIFO(path.stat().st_mode):
        with path.open("wb") as pipe:
            yield from _down(pipe)
    else:
        with appearing(path) as file:
            yield file


def _down(pipe: BinaryIO) -> Iterator[BinaryIO]:
    try:
        yield pipe
        pipe.flush()
    except BrokenPipeError:
        # Or Python would try again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), pipe.fileno())
        raise ArchiveError("Whoever read the backup stopped before its end.") from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), pipe.fileno())
        raise ArchiveError(
            f"The backup could not be written: {error.strerror or error}. What is "
            "there of it is no backup; make room or send it elsewhere."
        ) from error


def _write(writer: ArchiveWriter) -> Manifest:
    with snapshot():
        manifest = Manifest(
            made_at=as_text(timezone.now()),
            site=settings.SITE_URL,
            database=connection.vendor,
            migrations=applied(),
            ledger=restoring.head(),
        )
        write_rows(writer)
    # After the rows: a picture that a row shows is there before the row is.
    manifest.left_out = _write_files(writer)
    manifest.parts = writer.parts
    writer.finish(manifest)
    return manifest


def write_rows(writer: ArchiveWriter, registry: Apps = apps) -> None:
    """Every table that is carried, from the default database."""
    tables = carried(registry)
    total = sum(table._base_manager.count() for table in tables.values())
    with Progress("Rows", total) as progress:
        for label, table in tables.items():
            _write_table(writer, label, table, progress)


def applied() -> list[list[str]]:
    """[[app, name]…] of the migrations that the default database has had."""
    return sorted(map(list, MigrationRecorder(connection).applied_migrations()))


def _write_table(
    writer: ArchiveWriter, label: str, table: Table, progress: Callable[[int], object]
) -> None:
    waiting, size, count = [], 0, -1  # The first line is not a row.
    with writer.part(rows_of(label), packed=True) as write:
        for line in lines(table):
            waiting.append(line)
            size, count = size + len(line), count + 1
            if size > BUFFER_BYTES:
                write(b"".join(waiting))
                waiting, size = [], 0
            progress(1)
        write(b"".join(waiting))
    part = writer.parts[-1]
    writer.parts[-1] = Part(part.name, part.bytes, part.sha256, rows=count)


def _write_files(writer: ArchiveWriter) -> list[str]:
    """Write all files; returns the names of those that no other machine could keep."""
    left_out = []
    for root, storage in files.roots().items():
        with Progress(root.title(), None) as progress:
            for name in files.names(storage):
                if problem_with_file(name):
                    left_out.append(
                        file_of(root, name).encode(errors="replace").decode()
                    )
                else:
                    _write_file(writer, root, storage, name)
                progress(1)
    return left_out


def _write_file(writer: ArchiveWriter, root: str, storage: Storage, name: str) -> None:
    try:
        file = storage.open(name)
    except FileNotFoundError:
        return  # Pruned since it was listed.
    with file, writer.part(file_of(root, name), packed=False) as write:
        for data in file.chunks(files.AT_ONCE):
            write(data)
