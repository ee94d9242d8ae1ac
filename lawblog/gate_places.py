"""Places at the gate (gate.py), and bodies that come in time or not at all."""

import threading
import time
from collections.abc import Callable
from typing import Any

# Seconds for which a request waits for a place that others leave again and again.
PATIENCE = 1.0
# The seconds that a body may take.
SECONDS = 30.0
# How many threads may wait for bodies that do not come, after we gave them up.
GIVEN_UP = 64


class Room:
    """So many may be within. Nobody waits for a place in a room that nobody leaves."""

    def __init__(self, places: int) -> None:
        self.free, self.moved = threading.Semaphore(places), time.monotonic()

    def enter(self) -> bool:
        entered = self.free.acquire(blocking=False) or (
            time.monotonic() < self.moved + PATIENCE
            and self.free.acquire(timeout=PATIENCE)
        )
        if entered:
            self.moved = time.monotonic()
        return entered

    def leave(self) -> None:
        self.moved = time.monotonic()
        self.free.release()


class Body:
    """wsgi.input that ends in time: the server's own waits for ever."""

    given_up = threading.Semaphore(GIVEN_UP)

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length
        self.until, self.is_late = time.monotonic() + SECONDS, False

    def read(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.readline(size))

    def in_time(self, read: Callable[[], bytes]) -> bytes:
        """Raises TimeoutError; the thread that reads goes on until the client hangs up,
        since nothing can end it."""
        found: list[bytes] = []

        def target() -> None:
            try:
                found.append(read())
            finally:
                self.given_up.release()

        if not self.is_late and self.given_up.acquire(blocking=False):
            thread = threading.Thread(target=target, name="body", daemon=True)
            thread.start()
            thread.join(max(0, self.until - time.monotonic()))
        if not found:
            self.is_late = True
            raise TimeoutError
        self.left -= len(found[0])
        return found[0]
