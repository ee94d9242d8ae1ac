"""The first use of each explained word leads to its explanation. Pure."""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from itertools import groupby

from lawblog.html.tokens import tokens

# A link within a link is none; a heading or a quotation is left as its author has it.
NOT_IN = {"a", "h2", "h3", "h4", "blockquote", "caption", "th", "sub", "sup"}
# A letter with its accents, and a hyphen, belong to the word: “immigrant” is not
# explained in “non-immigrant”. "&" begins what stands for a sign, as &amp; does.
_INSIDE = r"\w\u0300-\u036f-"
_SPACE = r"(?:\s|&nbsp;)+"
LINK = '<a class="term" id="termref:{0}" href="#term:{0}" role="doc-glossref">{1}</a>'


def mark(html, terms):
    """Cleaned HTML and rows with `all_forms` → (the HTML with the first use of each
    linked, the rows used in the order of their first use). Of two that begin at the
    same place the longer is meant; case does not matter."""
    owners = {fold(form): term for term in terms for form in term.all_forms}
    if not owners:
        return html, []
    pattern, used, out, barred = pattern_of(tuple(sorted(owners))), {}, [], 0

    def link(match):
        term = owners.get(fold(unescape(match[0])))
        if term is None or id(term) in used:
            return match[0]
        used[id(term)] = term
        return LINK.format(len(used), match[0])

    for part, name, step in tokens(html):
        barred += step if name in NOT_IN else 0
        out.append(part if name or barred else pattern.sub(link, part))
    return "".join(out), list(used.values())


def fold(form):
    """As forms are compared: case, kinds of space and of accents do not matter."""
    return unicodedata.normalize("NFC", " ".join(form.split()).casefold())


@lru_cache(maxsize=8)
def pattern_of(forms):
    """One pattern for all. Grouped by their first letter, so that at a place in the
    text only a few are tried: 500 words with two further forms each are found in
    40,000 words in a tenth of a second, ungrouped in more than one."""
    ways = sorted({way for form in forms for way in _ways(form)}, key=len, reverse=True)
    ways.sort(key=lambda way: way[0])
    groups = [
        f"{re.escape(first)}(?:{'|'.join(_rest(way) for way in group)})"
        for first, group in groupby(ways, key=lambda way: way[0])
    ]
    return re.compile(
        rf"(?<![&{_INSIDE}])(?:{'|'.join(groups)})(?![{_INSIDE}])", re.IGNORECASE
    )


def _ways(form):
    """How a form may be typed: an accent is part of its letter, or follows it."""
    return {unicodedata.normalize(kind, form) for kind in ("NFC", "NFD")}


def _rest(way):
    return _SPACE.join(re.escape(escape(w, quote=False)) for w in way[1:].split(" "))
