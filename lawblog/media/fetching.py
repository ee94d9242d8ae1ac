"""Fetches the pictures of an import from other sites, one after the other."""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from threading import Thread
from urllib.parse import urlsplit

PICTURE_SECONDS = 20  # for the whole picture, redirects included
MAX_PICTURES = 500  # pictures of one run
TOO_SLOW = "Its site answers too slowly."


class CannotFetch(Exception):
    """Carries one plain sentence."""


class Fetcher:
    """fetcher(address) → the picture's bytes, for one run of an import: at most
    MAX_PICTURES pictures, and a site that let one wait too long is not asked again."""

    def __init__(self) -> None:
        self.count = 0
        self.slow: set[str] = set()

    def __call__(self, address: str) -> bytes:
        """Raises CannotFetch."""
        self.count += 1
        if self.count > MAX_PICTURES:
            raise CannotFetch(f"More than {MAX_PICTURES} pictures were asked for.")
        site = _site(address)
        if site in self.slow:
            raise CannotFetch(TOO_SLOW)
        # A site may send the head of its answer letter by letter, and no library of
        # ours counts the time of that. So somebody else waits for it.
        answer: Future[bytes] = Future()
        Thread(target=_answer, args=(answer, address), daemon=True).start()
        try:
            return answer.result(PICTURE_SECONDS)
        except TookTooLong:
            self.slow.add(site)
            raise CannotFetch(TOO_SLOW) from None


def _answer(answer: "Future[bytes]", address: str) -> None:
    try:
        # Its libraries take 5 MiB, which a worker need not hold for a rare import.
        from .downloading import fetch

        answer.set_result(fetch(address))
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
        answer.set_exception(error)


def _site(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
