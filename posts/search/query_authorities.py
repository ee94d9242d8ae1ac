"""The authorities that a query names, and the tokens to look each up by. Pure."""

import re
from collections.abc import Iterator

from posts.authorities import ancestors, groups, kind_of
from posts.authorities.citation import Group, Item
from posts.authorities.spelling import key_of

from . import extra_tokens
from .phrases import Phrase, phrases
from .stemming import WORD

# "form 485", "i 485", "i485", "h 1b": whoever writes no dash means it all the same.
_CODE = re.compile(
    r"\b(?:(?:(?:forms?|formularios?|formas?|planillas?)(?: i)?|i) \d{3}[a-z]{0,2}"
    r"|[in]\d{3}[a-z]{0,2}|[hl] [12][ab]s?|eb [1-5])\b",
    re.I,
)

_VISA_BEFORE = re.compile(r"\b(?:visas?|visados?) (?:de trabajo |tipo )?$", re.I)
_VISA_BEHIND = re.compile(r" visas?\b", re.I)


def authorities_in_query(text: str) -> tuple[list[Group], list[extra_tokens.Place]]:
    """(the citations in some words, the places where words may mean an authority): of
    the latter the words themselves are looked for, too."""
    cited = list(groups(text))
    names = [group for group in cited if group.items[0].key.startswith("matter.")]
    meant = [(g.start, g.end, extra_tokens.token(g.items[0].key)) for g in names]
    cited = [_with_visa(text, group) for group in cited if group not in names]
    key = key_of(text) if len(cited) == 1 else None
    if key and cited[0].items[0].key in ancestors(key):
        # "8 usc 1357 g": less is cited than is meant.
        whole = 0, len(text)
        return [Group(*whole, [Item(key, *whole)])], meant
    if not cited and not meant and (key := key_of(text)):
        meant.append((0, len(text), extra_tokens.token(key)))
    elif not cited:
        for match in _CODE.finditer(text):
            if key := key_of(match[0]):
                meant.append((*match.span(), extra_tokens.token(key)))
    return cited, meant


def _with_visa(text: str, group: Group) -> Group:
    """With the word beside a category: an H-1B is one without it, too."""
    if not group.items[0].key.startswith("visa."):
        return group
    before = _VISA_BEFORE.search(text[: group.start])
    behind = _VISA_BEHIND.match(text, group.end)
    return group._replace(
        start=before.start() if before else group.start,
        end=behind.end() if behind else group.end,
    )


def phrases_of_item(text: str, item: Item, languages: list[str]) -> Iterator[Phrase]:
    """The tokens of an authority, each a phrase: it is looked up without the order of
    words, which PostgreSQL's index does not know."""
    yield (extra_tokens.token(item.key),)
    words = text[item.start : item.end]
    # Not "u" of a U visa, nor "1324 a", which may be a section or a paragraph.
    if kind_of(item.key) in ("form", "category"):
        found = phrases(WORD.findall(words), languages)
        yield from (one for one in found if len(one) == 1 and len(one[0]) > 2)
