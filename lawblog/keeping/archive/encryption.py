"""Encryption to a public key (age, through pyrage), so that nobody who finds an archive
can read it. The secret key is not on this machine."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import pyrage

from .errors import ArchiveError

BEGINNING = b"age-encryption.org/v1"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a key begins


def recipients(keys: Iterable[str]) -> list[pyrage.x25519.Recipient]:
    """The public keys of their texts, like "age1…"; ArchiveError for anything else."""
    found = []
    for key in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(key))
        except (pyrage.RecipientError, UnicodeError):
            raise ArchiveError(
                f"{key!a} is no public key of age, which looks like age1…"
            ) from None
    return found


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in a file as age-keygen writes it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        keys = [line.strip() for line in lines if line.strip().startswith(SECRET)]
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{path} cannot be read: {error}.") from None
    except pyrage.IdentityError:
        found = []
    if not found:
        raise ArchiveError(f"{path} holds no secret key of age ({SECRET}1…).")
    return found


@contextmanager
def encrypted(out: BinaryIO, keys: list[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """Yields a file: what is written to it reaches `out`, and the disk, encrypted."""
    read_end, write_end = os.pipe()
    problems: list[Exception] = []

    def run() -> None:
        with open(read_end, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, out, keys)
            except Exception as error:  # noqa: BLE001 - raised below, in the other thread
                problems.append(error)

    thread = threading.Thread(target=run, name="encryption")
    thread.start()
    try:
        with open(write_end, "wb") as sink:
            yield sink
    except BrokenPipeError:
        # The thread has stopped reading; it says why.
        if not problems:
            raise
    finally:
        thread.join()
    if problems:
        raise ArchiveError(f"It could not be encrypted: {problems[0]}.")


def is_encrypted(file: BinaryIO) -> bool:
    beginning = file.read(len(BEGINNING))
    file.seek(0)
    return beginning == BEGINNING


def decrypted(file: BinaryIO, identity: Path | None, folder: Path) -> BinaryIO:
    """The plain archive as a file in `folder` that has no name, and so is gone when
    this process is."""
    if identity is None:
        raise ArchiveError(
            "This backup is encrypted. Give the file with its secret key: --identity "
            "FILE"
        )
    keys = identities(identity)
    plain = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by whoever reads it
    try:
        pyrage.decrypt_io(file, plain, keys)
    except (pyrage.DecryptError, OSError) as error:
        plain.close()
        raise ArchiveError(
            f"This backup was not decrypted ({error}): another key is meant, or it was "
            "cut off or altered."
        ) from None
    plain.seek(0)
    return plain
