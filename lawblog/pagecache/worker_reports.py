"""How much each worker has cached, written to a small file of its own."""

import json
import os
from pathlib import Path
from typing import TypedDict

from django.conf import settings

NAME = "pages.{}.json"


class Kept(TypedDict):
    """Of one worker: the number of pages, their size and the room for them in bytes."""

    pages: int
    size: int
    room: int


class Report:
    """This process's file, written whenever a page is kept."""

    def __init__(self) -> None:
        self.pid: int | None = None
        self.descriptor: int | None = None

    def write(self, kept: Kept) -> None:
        """Where the directory cannot be written, there is no report; the change flag
        says so in the log."""
        try:
            if self.pid != os.getpid():
                self.pid = os.getpid()
                path = Path(settings.VAR_DIR) / NAME.format(self.pid)
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
                self.descriptor = os.open(path, flags, 0o600)
            if self.descriptor is not None:
                line = json.dumps(kept)
                # Always of one length, so that it covers the line before.
                os.pwrite(self.descriptor, f"{line:120}".encode(), 0)
        except OSError:
            self.descriptor = None


def reports() -> dict[int, Kept]:
    """{process id: what it keeps} of the workers that run on this machine. The files of
    those that ended are removed."""
    found: dict[int, Kept] = {}
    for path in Path(settings.VAR_DIR).glob(NAME.format("*")):
        pid = path.name.split(".")[1]
        try:
            if is_running(int(pid)):
                found[int(pid)] = json.loads(path.read_text())
            else:
                path.unlink()
        except (OSError, ValueError):
            continue
    return found


def is_running(pid: int) -> bool:
    """Whether there is such a process, our own or another user's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
