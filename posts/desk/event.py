"""Something that happens on a day, as the desk's lists and calendar show it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Event:
    """`at`: aware; None where it is a whole day. `mark`: live, ends, shut, due or
    deadline. `about`: the article's title or the office; `address`: its page of the
    desk."""

    day: date
    at: datetime | None
    words: str
    mark: str
    about: str
    address: str
    language: str = ""
