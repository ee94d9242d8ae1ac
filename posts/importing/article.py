"""What every parser returns, and how it refuses."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Article:
    """One article of the old site; `left_out` and `remarks` are for people."""

    title: str
    published_on: date
    body: str  # HTML
    key: str  # at most 200 characters; the same however often the page is saved
    language: str = "en"
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class CannotRead(Exception):
    """Carries one plain sentence: what is wrong, and what to do."""
