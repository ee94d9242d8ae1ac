"""A code that is cited by title and section, as the U.S.C. and the C.F.R. are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .citation import Group, Item
from .lists import Entry, entries


@dataclass(frozen=True)
class Code:
    """How one code is cited.

    `heads` match what stands before the first section and name the title as `before`,
    `named` or `behind`; `reversed_heads` and `of_title` enclose the list in "section 1
    of title 8".
    sections: those that an entry names, of a range all of them, from (entry, title, the
    section before it); [] for anything else. key: from (title, section and paragraphs).
    """

    last_title: int
    heads: re.Pattern[str]
    reversed_heads: re.Pattern[str]
    of_title: re.Pattern[str]
    number: re.Pattern[str]
    sections: Callable[[Entry, int, str], list[str]]
    key: Callable[[int, list[str]], str]

    def find(self, text: str) -> Iterator[Group]:
        for head in self.heads.finditer(text):
            title = int(head["before"] or head["named"] or head["behind"])
            if found := self.group(text, head.start(), head.end(), title):
                yield found

    def reversed_titles(self, text: str) -> Iterator[Group]:
        """Section 1357(g) of title 8."""
        for head in self.reversed_heads.finditer(text):
            listed = entries(text, head.end(), self.number, most=4)
            if listed and (title := self.of_title.match(text, listed[-1].end)):
                of = int(title["title"])
                found = self.group(text, head.start(), head.end(), of)
                if found and found.end == listed[-1].end:
                    yield found._replace(end=title.end())

    def group(self, text: str, start: int, first: int, title: int) -> Group | None:
        """The list of a title's sections that begins at `first`."""
        if not 1 <= title <= self.last_title:
            return None
        items: list[Item] = []
        last = ""
        for entry in entries(text, first, self.number):
            sections = self.sections(entry, title, last)
            if not sections:
                break
            *whole, last = sections
            named = [[section] for section in whole]
            named += [[last, *more] for more in entry.filled]
            for levels in [*named, [last, *entry.paragraphs]]:
                key = self.key(title, levels)
                items.append(Item(key, entry.start, entry.end))
        return Group(start, items[-1].end, items) if items else None
