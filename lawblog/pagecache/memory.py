"""What each worker keeps, told in a small file of its own."""

import json
import os
from pathlib import Path

from django.conf import settings

NAME = "pages.{}.json"


class Report:
    """This process's file, written at each page that is kept."""

    def __init__(self):
        self.pid = self.descriptor = None

    def write(self, pages, size, room):
        """pages: how many; size, room: bytes. A directory that cannot be written
        (the change flag says so in the log) leaves no report."""
        try:
            if self.pid != os.getpid():
                self.pid = os.getpid()
                path = Path(settings.VAR_DIR) / NAME.format(self.pid)
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
                self.descriptor = os.open(path, flags, 0o600)
            if self.descriptor is not None:
                line = json.dumps({"pages": pages, "size": size, "room": room})
                # Of one length, so that nothing of a longer line stays behind it.
                os.pwrite(self.descriptor, f"{line:120}".encode(), 0)
        except OSError:
            self.descriptor = None


def reports():
    """{process id: {"pages", "size", "room"}} of the workers that run on this machine.
    Files of those that are gone are removed."""
    found = {}
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


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
