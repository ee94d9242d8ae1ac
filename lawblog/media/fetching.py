"""Fetches the pictures of an import from other sites, one after the other."""

from urllib.parse import urlsplit

from lawblog.time_limit import TookTooLong, within

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
        try:
            return within(PICTURE_SECONDS, lambda: _fetched(address))
        except TookTooLong:
            self.slow.add(site)
            raise CannotFetch(TOO_SLOW) from None


def _fetched(address: str) -> bytes:
    # Its libraries take 5 MiB, which a worker need not hold for a rare import.
    from .downloading import fetch

    return fetch(address)


def _site(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
