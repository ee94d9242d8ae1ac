"""Places at the gate (gate.py), and bodies that come in time or not at all."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

# Seconds for which a request waits for a place that others leave again and again.
PATIENCE = 1.0
# The seconds that a body may take.
SECONDS = 30.0
# How many threads may wait for bodies that do not come, after we gave them up.
GIVEN_UP = 64


class Room:
    """So many may be within. Nobody waits for a place in a room that nobody leaves. A
    place that is left goes to whoever has waited longest: a semaphore would give it to
    whoever comes at that moment, again and again."""

    def __init__(self, places: int) -> None:
        self.free, self.moved = places, time.monotonic()
        self.lock, self.waiting = threading.Lock(), deque[threading.Event]()

    def enter(self) -> bool:
        turn = threading.Event()
        with self.lock:
            if self.free:
                self.free, self.moved = self.free - 1, time.monotonic()
                return True
            if time.monotonic() >= self.moved + PATIENCE:
                return False
            self.waiting.append(turn)
        if turn.wait(PATIENCE):
            return True
        with self.lock:
            # Unless its turn came just now.
            if turn in self.waiting:
                self.waiting.remove(turn)
        return turn.is_set()

    def leave(self) -> None:
        with self.lock:
            self.moved = time.monotonic()
            if self.waiting:
                self.waiting.popleft().set()
            else:
                self.free += 1


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
