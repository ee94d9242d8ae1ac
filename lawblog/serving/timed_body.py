"""The body of a request, which has to arrive within BODY_SECONDS."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from lawblog.serving.slow_connections import Ends, hang_up

# Within so many seconds of a request's beginning we may have sent "100 Continue".
CONTINUE_SECONDS = 2.0


class TimedBody:
    """wsgi.input with a time limit: the server's own waits for ever."""

    def __init__(self, stream: Any, length: int, ends: Ends) -> None:
        self.stream, self.left, self.ends = stream, length, ends
        self.until, self.is_late = time.monotonic() + settings.BODY_SECONDS, False

    def read(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self.in_time(lambda: self.stream.readline(size))

    def in_time(self, read: Callable[[], bytes]) -> bytes:
        """Raises TimeoutError once the connection had to be closed."""
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
        hang_up(self.ends, settings.BODY_SECONDS - CONTINUE_SECONDS)
