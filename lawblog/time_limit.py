"""A limit for the whole of a wait. A host may send its answer letter by letter, and the
time-outs of sockets limit each single wait only."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from threading import Thread
from typing import TypeVar

__all__ = ["TookTooLong", "within"]
T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives. It is done in a thread, which is abandoned if it takes
    longer; then TookTooLong is raised."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # raised again by result()
            answer.set_exception(error)

    Thread(target=run, name="within", daemon=True).start()
    return answer.result(seconds)
