"""Headings that one can link to, and the table of contents. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from lawblog.html.heading_ids import HeadingIds
from lawblog.html.richtext import to_text

# Links match too, so that a heading within one, which can hold no other link, is
# skipped. Of nested headings, which a paste may bring, the innermost counts.
_HEADING = re.compile(r"<a\b.*?</a>|<(h[234])>((?:(?!<h[234]>).)*?)</\1>", re.DOTALL)


@dataclass
class Entry:
    id: str
    text: str
    level: int
    parts: "list[Entry]" = field(default_factory=list)


def anchored(html: str) -> tuple[str, list[Entry]]:
    """Cleaned HTML → (the HTML with an id for each heading and a link to it, Entries of
    the h2 and h3).

    The stylesheet draws the link's sign: as text it would be read out by itself, be
    pasted with the article, and cost short headings their place in Reader View.
    """
    entries: list[Entry] = []
    ids, label = HeadingIds(), escape(_("Link to this section"))

    def heading(match: re.Match[str]) -> str:
        tag, words = match[1], to_text(match[2] or "")
        if not words:
            return match[0]
        name = ids.id_of(words)
        if tag != "h4":
            entries.append(Entry(name, words, int(tag[1])))
        return (
            f'<header class="headed"><{tag} id="{name}">{match[2]}</{tag}>'
            f'<a href="#{name}" aria-label="{label}" aria-describedby="{name}"></a>'
            "</header>"
        )

    return _HEADING.sub(heading, html), entries


def nested(entries: Iterable[Entry]) -> list[Entry]:
    """The h2 as a list, each h3 within the parts of the h2 above it."""
    top: list[Entry] = []
    for entry in entries:
        if entry.level > 2 and top:
            top[-1].parts.append(entry)
        else:
            top.append(entry)
    return top
