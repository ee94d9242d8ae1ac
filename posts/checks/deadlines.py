"""Dates by which readers are to act: can everybody read them, and alike? Pure."""

from collections.abc import Iterator

from lawblog.html.deadlines import marked_deadlines, reads_two_ways
from lawblog.html.richtext import to_text

from .finding import MUST, Finding, around

NO_DATE = (
    "A deadline has no date that everybody reads alike. Write it out, as in “March 15, "
    "2027”, or take the mark away."
)


def check_deadlines(body: str, language: str) -> Iterator[Finding]:
    for day, html in marked_deadlines(body):
        words = to_text(html)
        # In English figures begin with the month; elsewhere many begin with the day.
        if not day or (language != "en" and reads_two_ways(words)):
            yield Finding(MUST, NO_DATE, around(words))
