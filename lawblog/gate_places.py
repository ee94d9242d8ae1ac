"""Places at the gate (gate.py), and bodies that come in time or not at all."""

import threading
import time
from collections.abc import Callable
from typing import Any

# Seconds for which a request waits for a place that others leave again and again.
PATIENCE = 1.0
# Seconds that a body may take; and a form of signing in while somebody else waits.
SECONDS, GRACE = 30.0, 0.5
# Seconds after which a body that does not come is looked at again.
LOOK = 0.1
# How many threads may wait for bodies that do not come, after we gave them up.
GIVEN_UP = 64


class Body:
    """wsgi.input that ends in time: the server's own waits for ever."""

    given_up = threading.Semaphore(GIVEN_UP)

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length
        self.is_touched, self.is_late = False, False
        self.until = time.monotonic() + SECONDS

    def read(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.readline(size))

    def in_time(self, read: Callable[[], bytes]) -> bytes:
        """Raises TimeoutError; the thread that reads goes on until the client hangs up,
        since nothing can end it."""
        found: list[bytes] = []
        if not self.is_touched:
            # Nobody was slow who waited for us.
            self.is_touched = True
            self.until = max(self.until, time.monotonic() + LOOK)

        def target() -> None:
            try:
                found.append(read())
            finally:
                self.given_up.release()

        if not self.is_late and self.given_up.acquire(blocking=False):
            thread = threading.Thread(target=target, name="body", daemon=True)
            thread.start()
            # Not once for all of it: somebody who waits may shorten it.
            while thread.is_alive() and (left := self.until - time.monotonic()) > 0:
                thread.join(min(left, LOOK))
        if not found:
            self.is_late = True
            raise TimeoutError
        self.left -= len(found[0])
        return found[0]

    def hurry(self) -> None:
        """Somebody else waits: what is not here by now has a moment left."""
        self.until = min(self.until, time.monotonic() + GRACE)


class Room:
    """So many may be within. Nobody waits for a place in a room that nobody leaves."""

    def __init__(self, places: int) -> None:
        self.free, self.moved = threading.Semaphore(places), time.monotonic()

    def enter(self, body: "Body | None" = None) -> bool:
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


class SignIns(Room):
    """Room for one. Whoever is slow makes room for the next, who waits for a moment;
    only one waits, so that few threads are held however many come."""

    def __init__(self) -> None:
        super().__init__(1)
        self.next = threading.Semaphore(1)
        self.body: Body | None = None

    def enter(self, body: Body | None = None) -> bool:
        entered = self.free.acquire(blocking=False) or self.wait()
        if entered:
            self.body = body
        return entered

    def wait(self) -> bool:
        if not self.next.acquire(blocking=False):
            return False
        try:
            if self.body:
                self.body.hurry()
            return self.free.acquire(timeout=PATIENCE)
        finally:
            self.next.release()
