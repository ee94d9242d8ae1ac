"""Places at the gate (request_gate.py), and bodies that come in time or not at all."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from django.conf import settings

from lawblog.connections import Ends, hang_up

# Seconds for which a request waits for a place that others leave again and again.
PATIENCE = 1.0
# Within how many seconds of a request's beginning we may have sent that it may go on.
CONTINUED = 2.0


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

    def __init__(self, stream: Any, length: int, ends: Ends) -> None:
        self.stream, self.left, self.ends = stream, length, ends
        self.until, self.is_late = time.monotonic() + settings.BODY_SECONDS, False

    def read(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.readline(size))

    def in_time(self, read: Callable[[], bytes]) -> bytes:
        """Raises TimeoutError when the connection had to be ended."""
        if self.is_late:
            raise TimeoutError
        timer = threading.Timer(self.until - time.monotonic(), self.give_up)
        timer.daemon = True
        timer.start()
        try:
            found = read()
        finally:
            timer.cancel()
        if self.is_late:
            raise TimeoutError
        self.left -= len(found)
        return found

    def give_up(self) -> None:
        self.is_late = True
        # "100 Continue" may have been sent shortly after the clock began to run.
        hang_up(self.ends, settings.BODY_SECONDS - CONTINUED)
