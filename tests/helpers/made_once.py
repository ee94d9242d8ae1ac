"""What takes long to make is made once in a run, whichever worker needs it first."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# One folder for all workers (tests/conftest.py).
SHARED = Path(os.environ["TESTS_DIR"])


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that make(folder) filled, to be copied and never written to."""
    folder = SHARED / name
    with locked(SHARED / f"{name}.lock"):
        if not folder.exists():
            unfinished = SHARED / f"{name}.new"
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
