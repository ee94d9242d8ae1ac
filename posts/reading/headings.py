"""Headings that one can link to, and the table of contents. Pure."""

import re
from dataclasses import dataclass, field
from itertools import count

from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lawblog.html.richtext import to_text

# Or a link, so that a heading within one, where no further link can be, is passed over.
# Of headings within each other, which a paste may bring, the innermost is one.
_HEADING = re.compile(r"<a\b.*?</a>|<(h[234])>((?:(?!<h[234]>).)*?)</\1>", re.DOTALL)
# Ids of the page around the text. Those that come with the text have a colon, which no
# heading's id ever has.
TAKEN = {"main", "related", "q"}


@dataclass
class Entry:
    id: str
    text: str
    level: int
    parts: list = field(default_factory=list)


def anchored(html):
    """Cleaned HTML → (the HTML with an id for each heading and a link to it, Entries of
    the h2 and h3). The stylesheet draws the sign of the link: as text it would be read
    alone, pasted with the article, and cost short headings their place in Reader View.
     An id is made of the heading's words, accents folded; of two alike
    the second ends in -2."""
    entries, taken, label = [], set(TAKEN), escape(_("Link to this section"))

    def heading(match):
        tag, words = match[1], to_text(match[2] or "")
        if not words:
            return match[0]
        name = free_id(slugify(words)[:60].strip("-_") or "section", taken)
        if tag != "h4":
            entries.append(Entry(name, words, int(tag[1])))
        return (
            f'<header class="headed"><{tag} id="{name}">{match[2]}</{tag}>'
            f'<a href="#{name}" aria-label="{label}" aria-describedby="{name}"></a>'
            "</header>"
        )

    return _HEADING.sub(heading, html), entries


def free_id(base, taken):
    names = (base if n == 1 else f"{base}-{n}" for n in count(1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def nested(entries):
    """The h2 as a list, each h3 within the parts of the h2 above it."""
    top = []
    for entry in entries:
        if entry.level > 2 and top:
            top[-1].parts.append(entry)
        else:
            top.append(entry)
    return top
