"""A post's state in the words that the attorney's list shows. Pure."""

from datetime import datetime

from django.utils.text import Truncator

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
    """Draft, Waiting for approval, Returned: …, Scheduled for …, Live, Live with
    unpublished changes or Withdrawn, with what is due to happen after it.

    withdrawn: whether it was ever approved; changed: whether the draft differs from
    what was approved last; coming, ends: aware; returned: the attorney's note.
    """
    note = f"Returned: {Truncator(returned).chars(60)}" if returned else ""
    if live:
        words = "Live with unpublished changes" if changed else "Live"
        if coming:
            words += f" · update scheduled for {in_new_york(coming)}"
        elif ends:
            words += f" · withdrawal scheduled for {in_new_york(ends)}"
    elif coming:
        words = f"Scheduled for {in_new_york(coming)}"
        if changed:
            words += " · changed since"
    elif waiting:
        return "Waiting for approval"
    elif note:
        return note
    else:
        return "Withdrawn" if withdrawn else "Draft"
    if waiting:
        return f"{words} · waiting for approval"
    return f"{words} · {note}" if note else words
