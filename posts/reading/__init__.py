"""An article's text as it is read: contents, notes, explained words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import nh3

from lawblog.html.allowed import ATTRIBUTES, TAGS
from lawblog.html.richtext import to_text

from . import glossary, headings, notes

LONG_READ_WORDS = 600  # a shorter text is seen at a glance
MIN_CONTENTS_HEADINGS = 3
# An adult who reads to understand.
WORDS_A_MINUTE = 220

# For those who hear the page: where a remark begins and ends.
CALLOUT = '<div class="callout">'
READ_OUT = '<div class="callout" role="note">'
ADDED = {
    "header": {"class"},
    "div": {"role"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "sup": {"class"},
    "a": {"id", "class", "role", "aria-label", "aria-describedby", "rel"},
}
# Only text between tags is ever changed, and what comes out passes this once more, so
# that nothing typed between brackets or in the glossary can become markup.
CLEANER = nh3.Cleaner(
    tags=TAGS | {"header"},
    attributes={
        tag: ATTRIBUTES.get(tag, set()) | ADDED.get(tag, set())
        for tag in [*ATTRIBUTES, *ADDED]
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass(frozen=True)
class Reading:
    """html: the text; minutes: how long it takes to read; notes: each as HTML, and
    terms: the rows used, in order; contents: empty for a text that needs none."""

    html: str
    minutes: int
    notes: list[str]
    # Whatever rows read() was given.
    terms: list[Any]
    contents: list[headings.Entry]


def minutes_to_read(words: int) -> int:
    """How long it takes to read so many words."""
    return max(1, round(words / WORDS_A_MINUTE))


def read(body: str, terms: Iterable[glossary.HasForms] = ()) -> Reading:
    """The Reading of cleaned HTML, with these Terms explained where they are used."""
    html, found = notes.extract_notes(body)
    html, entries = headings.anchored(html.replace(CALLOUT, READ_OUT))
    html, used = glossary.mark_terms(html, terms)
    words = len(to_text(body).split())
    is_long = words >= LONG_READ_WORDS and len(entries) >= MIN_CONTENTS_HEADINGS
    return Reading(
        html=CLEANER.clean(html),
        minutes=minutes_to_read(words),
        notes=[CLEANER.clean(note) for note in found],
        terms=used,
        contents=headings.nested(entries) if is_long else [],
    )
