"""Something that happens on a day, as the desk's lists and calendar show it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from posts.models import Edition


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


def of_article(
    edition: Edition, day: date, words: str, mark: str, at: datetime | None = None
) -> Event:
    page = reverse("admin:posts_post_change", args=[edition.post_id])
    return Event(day, at, words, mark, edition.title, page, edition.language)
