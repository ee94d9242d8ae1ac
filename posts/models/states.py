"""A post's state in words, as the list of articles shows it. Pure."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.text import Truncator, capfirst

from lawblog import dates


def in_new_york(at: datetime) -> str:
    """ "Nov 25, 2026, 9 a.m. New York time" for an aware datetime."""
    return f"{dates.moment(at)} New York time"


def state_in_words(
    *,
    live: bool,
    coming: datetime | None,
    ends: datetime | None,
    withdrawn: bool,
    changed: bool,
    waiting: bool,
    returned: str = "",
) -> str:
    """What readers see and what is due, then what the attorney is asked.

    withdrawn: whether it was ever approved; changed: whether the draft differs from
    what was approved last; coming, ends: aware; returned: the attorney's note.
    """
    parts = list(_for_readers(live, coming, ends, changed))
    if waiting:
        parts.append("waiting for approval")
    elif returned:
        parts.append(f"Returned: {Truncator(returned).chars(60)}")
    if not parts:
        return "Withdrawn" if withdrawn else "Draft"
    return capfirst(" · ".join(parts))


def _for_readers(
    live: bool, coming: datetime | None, ends: datetime | None, changed: bool
) -> Iterator[str]:
    if live:
        yield "live with unpublished changes" if changed else "live"
        if coming:
            yield f"update scheduled for {in_new_york(coming)}"
        elif ends:
            yield f"withdrawal scheduled for {in_new_york(ends)}"
    elif coming:
        yield f"scheduled for {in_new_york(coming)}"
        if changed:
            yield "changed since"
