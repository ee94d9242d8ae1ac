"""Extra search tokens for citations, form numbers and compound words. Pure.

Index and query know the same tokens, which stand apart from the text's words: the
numbers of forms (485, 601a), joined words (nonimmigrant, of "non-immigrant"),
paragraphs (212a9b, of "212(a)(9)(B)") and authorities (uscx8x1357xg), by which INA
287(g) finds 8 U.S.C. 1357(g), in either language.
"""

import re
import unicodedata
from collections.abc import Iterator

from posts.authorities import ancestors, groups
from posts.authorities.keys import KINDS
from posts.authorities.known_cases import SAME

from .stemming import DASH, LETTERS, MAX_TOKEN_LENGTH, WORD, spans, stem

# (start, end, token)
Place = tuple[int, int, str]
_CODE = re.compile(rf"\b[A-Za-z]{{1,4}}{DASH}?(\d{{3,4}}[A-Za-z]{{0,2}}?)s?\b")
_JOINED = re.compile(
    rf"(?<![\w-])(?=[^\W\d_]){LETTERS}(?:{DASH}{LETTERS}){{1,3}}(?![\w-])"
)
_CHAIN = re.compile(
    r"(?<![\w.])(\d{2,4}(?:[A-Za-z]|\.\d{1,3})?)((?:\([A-Za-z0-9]{1,4}\)){1,8})"
)
_TOKEN = re.compile(rf"(?:{'|'.join(KINDS)})x\w+")


def token(key: str) -> str:
    """The token of an authority's key. Each level begins with an x: section 1324a is
    not 1324(a)."""
    key = unicodedata.normalize("NFKD", SAME.get(key, key)).lower()
    # A dash is lost, and no two keys differ by it alone.
    levels = ("".join(filter(str.isalnum, level)) for level in key.split("."))
    return "x".join(levels)[:MAX_TOKEN_LENGTH]


def extra_tokens(text: str, language: str | None) -> list[str]:
    """All tokens of a text, each once, in an order that depends on the text alone."""
    found = [*_spelled(text, language), *_cited(text)]
    return list(dict.fromkeys(each for _, _, each in found))


def spans_with_tokens(text: str, language: str | None, wanted: set[str]) -> list[Place]:
    """As stemming.spans(); what is there for a wanted token is one span of that token.
    The grammar is asked only where an authority is wanted."""
    places = [place for place in _spelled(text, language) if place[2] in wanted]
    if any(map(_TOKEN.fullmatch, wanted)):
        places += [place for place in _cited(text) if place[2] in wanted]
    found, words = [], spans(text, language)
    first = 0
    for start, end, one in sorted(places):
        last = first
        while last < len(words) and words[last][1] <= start:
            last += 1
        found += words[first:last]
        first = last
        while last < len(words) and words[last][0] < end:
            last += 1
        # A word that is wanted by itself stays.
        has_own = any(word[2] in wanted for word in words[first:last])
        found += words[first:last] if has_own or first == last else [(start, end, one)]
        first = last
    return found + words[first:]


def without_hyphens(word: str, language: str | None) -> str:
    """The stem of a word without its hyphens, "" for one that has none."""
    is_joined = _JOINED.fullmatch(word) and not WORD.fullmatch(word)
    return stem(re.sub(DASH, "", word), language) if is_joined else ""


def _spelled(text: str, language: str | None) -> Iterator[Place]:
    for match in _CODE.finditer(text):
        yield *match.span(), match[1].lower()
    for match in _JOINED.finditer(text):
        if word := without_hyphens(match[0], language):
            yield *match.span(), word
    for match in _CHAIN.finditer(text):
        so_far = "".join(filter(str.isalnum, match[1]))
        for level in re.findall(r"\w+", match[2]):
            so_far += level
            yield *match.span(), so_far.lower()


def _cited(text: str) -> Iterator[Place]:
    for group in groups(text):
        for item in group.items:
            for key in (item.key, *ancestors(item.key)):
                yield group.start, group.end, token(key)
