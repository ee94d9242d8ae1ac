"""The law that a text names: found, given one key each, in English and Spanish. Pure.

Statutes, regulations, forms, decisions, policy and visa categories; linear in the
text's length.

citations(text) reads plain text: whoever has HTML takes the text out first, so that a
citation across tags is whole; line breaks count as spaces. Addresses of links are not
text. What a page quotes is read like the rest, since it rests on that, too.

citation.py   what comes out                   lists.py    "(a)(2) or (3)", "316-319"
keys.py       one key for one authority        context.py  whose section a number is
codes.py      what is cited by title and section
statutes.py · act.py · ina.py · regulations.py · forms.py · cases.py · policy.py ·
categories.py the grammar, a kind a file
spelling.py   any spelling of one authority → its key
official_sources.py   the address of the official text of a key
"""

from collections.abc import Iterator
from itertools import chain

from . import act, cases, categories, forms, policy, statutes
from .citation import Citation, Group, Item
from .keys import ancestors, covers, is_key, kind_of, label_of
from .plain import plain
from .regulations import CFR
from .statutes import USC

__all__ = [
    "VERSION",
    "Citation",
    "ancestors",
    "citations",
    "covers",
    "groups",
    "is_key",
    "kind_of",
    "label_of",
]

# Moves when the same text would give other citations: what is derived is rebuilt then.
VERSION = 4
# Of two that begin at one place, the first of these stands.
_GRAMMAR = (
    cases.find,
    policy.find,
    USC.find,
    statutes.other_titles,
    CFR.find,
    USC.reversed_titles,
    CFR.reversed_titles,
    act.named,
    act.signed,
    act.bare,
    forms.find,
    categories.find,
)


def citations(text: str) -> list[Citation]:
    """The authorities named in a plain text, in their order, each as often as it is
    named."""
    return [
        Citation(kind_of(item.key), item.key, label_of(item.key), item.start, item.end)
        for group in groups(text)
        for item in group.items
    ]


def groups(text: str) -> Iterator[Group]:
    """As citations(), by whole citations: "8 CFR 214.1-214.3" is one with three items.
    Places are those of the text as it was given."""
    signs, places = plain(text)
    for group in _apart(signs):
        yield group if places is None else _placed(group, places)


def _apart(signs: str) -> Iterator[Group]:
    """The groups that the grammar finds, without those that overlap an earlier one."""
    found = chain.from_iterable(rule(signs) for rule in _GRAMMAR)
    end = 0
    for group in sorted(found, key=lambda group: group.start):
        if group.start >= end:
            yield group
            end = group.end


def _placed(group: Group, places: list[int]) -> Group:
    def there(start: int, end: int) -> tuple[int, int]:
        return places[start], places[end - 1] + 1

    items = [Item(key, *there(start, end)) for key, start, end in group.items]
    return Group(*there(group.start, group.end), items)
