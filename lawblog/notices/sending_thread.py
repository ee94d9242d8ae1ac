"""A thread of the web server that sends what was just written, after the answer.

It is a nudge and no more: whatever it does not do, housekeeping does, since notices
stand in the outbox before anybody is nudged.
"""

import logging
import threading

from django.db import connections

from .sending import send_due

logger = logging.getLogger(__name__)


class Sender:
    def __init__(self) -> None:
        self.is_on = False
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.work, self.idle = threading.Event(), threading.Event()
        self.idle.set()

    def nudge(self) -> None:
        if not self.is_on:
            return
        self.idle.clear()
        self.work.set()
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                # A daemon: a server that hangs does not keep a worker from ending.
                self.thread = threading.Thread(
                    target=self.run, name="notices", daemon=True
                )
                self.thread.start()

    def run(self) -> None:
        while self.work.wait():
            self.work.clear()
            self.send()
            if not self.work.is_set():
                self.idle.set()

    def send(self) -> None:
        try:
            send_due()
        except Exception as error:  # housekeeping tries again
            logger.error("Notices were not sent: %s", type(error).__name__)
        finally:
            connections.close_all()


_sender = Sender()


def switch_on() -> None:
    """For processes that answer people; commands leave it to housekeeping."""
    _sender.is_on = True


def nudge() -> None:
    """There is something to send."""
    _sender.nudge()


def wait(seconds: float) -> bool:
    """Wait until nothing is being sent; whether that came within the time."""
    return not _sender.is_on or _sender.idle.wait(seconds)
