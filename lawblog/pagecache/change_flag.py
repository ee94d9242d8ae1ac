"""The change flag: eight random bytes in a file that all processes of this machine map.

They only say "look into the database again". The site's version itself is there, so
that the next look makes up for a crash between a commit and this flag.
"""

import logging
import mmap
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from lawblog.ownership import reason

logger = logging.getLogger(__name__)
FLAG_BYTES = 8


class ChangeFlag:
    """This machine's flag, as one process has it mapped."""

    def __init__(self) -> None:
        self.map: mmap.mmap | None = None
        self.inode: int | None = None
        self.failed: OSError | None = None

    @property
    def path(self) -> str:
        return os.path.join(settings.VAR_DIR, "pages.changed")

    def open(self) -> None:
        """Map the file, and map it again if it was replaced. Safe to call often."""
        try:
            if self.map and self._inode_now() == self.inode:
                return
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(descriptor).st_size < FLAG_BYTES:
                    # A map of a hole ends the process (SIGBUS) on a full disk.
                    os.pwrite(descriptor, os.urandom(FLAG_BYTES), 0)
                self.map = mmap.mmap(descriptor, FLAG_BYTES)
                self.inode = os.fstat(descriptor).st_ino
            finally:
                os.close(descriptor)
            self.failed = None
        except OSError as error:
            self.map = None
            if not self.failed:
                logger.warning(
                    "%s cannot be written: pages stay fresh, but each request asks "
                    "the database. %s",
                    self.path,
                    reason(error, Path(self.path)),
                )
            self.failed = error

    def _inode_now(self) -> int | None:
        """None where somebody removed the file."""
        with suppress(FileNotFoundError):
            return os.stat(self.path).st_ino
        return None

    def read(self) -> object:
        """The bytes; without a file, something that never equals what was read."""
        return self.map[:] if self.map else object()

    def move(self) -> None:
        """Tell all processes of this machine that something changed."""
        self.open()
        if self.map:
            self.map[:] = os.urandom(FLAG_BYTES)


change_flag = ChangeFlag()
