"""A semaphore that serves those who wait in order, and makes nobody wait in vain."""

import threading
import time
from collections import deque

# Seconds to wait for a place, as long as others leave theirs within that time.
WAIT_SECONDS = 1.0


class FairSemaphore:
    """Lets in so many at a time, whoever has waited longest first: threading's own may
    let newcomers in again and again. Nobody waits when nobody leaves."""

    def __init__(self, places: int) -> None:
        self.free, self.moved = places, time.monotonic()
        self.lock, self.waiting = threading.Lock(), deque[threading.Event]()

    def enter(self) -> bool:
        with self.lock:
            if self.free:
                self.free, self.moved = self.free - 1, time.monotonic()
                return True
            if time.monotonic() >= self.moved + WAIT_SECONDS:
                return False
            turn = threading.Event()
            self.waiting.append(turn)
        if turn.wait(WAIT_SECONDS):
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
