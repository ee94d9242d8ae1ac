"""Links the first use of each glossary term to its explanation. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from itertools import groupby
from typing import Protocol

from lawblog.html.tokens import tokens
from posts.authorities.plain import DASHES as OTHER_DASHES

# Links cannot be nested; headings and quotations are left as their authors wrote them.
NOT_IN = {"a", "h2", "h3", "h4", "blockquote", "caption", "th", "sub", "sup"} | {
    "summary"
}
# A letter with its accents, and a hyphen, belong to the word: “immigrant” is not
# explained in “non-immigrant”, whichever hyphen it has. "&" begins what stands for a
# sign, as &amp; does.
_INSIDE = r"\w\u0300-\u036f\u2010\u2011-"
_SPACE = r"(?:\s|&nbsp;)+"
HYPHEN = r"[-\u2010\u2011]"
DASHES = f"-{OTHER_DASHES}"
_ANY_DASH = f"[{re.escape(DASHES)}]"
_SIGNS = re.compile(rf"[.{re.escape(DASHES)}]")
_PLURAL = re.compile("['’]?s$")
LINK = '<a class="term" id="termref:{0}" href="#term:{0}" role="doc-glossref">{1}</a>'


class HasForms(Protocol):
    """A Term, as far as finding it goes."""

    @property
    def all_forms(self) -> Sequence[str]: ...


def mark_terms(html: str, terms: Iterable[HasForms]) -> tuple[str, list[HasForms]]:
    """Cleaned HTML and rows with `all_forms` → (the HTML with the first use of each
    linked, the rows used in the order of their first use). Of two that begin at the
    same place the longer is meant. Case matters in a word such as ICE or H-1B alone."""
    owners = _owners(terms)
    if not owners:
        return html, []
    pattern = pattern_of(tuple(sorted({f for term in terms for f in term.all_forms})))
    used: dict[int, HasForms] = {}
    out: list[str] = []
    barred = 0

    def link(match: re.Match[str]) -> str:
        keys = _keys(unescape(match[0]))
        term = next((owners[key] for key in keys if key in owners), None)
        if term is None or id(term) in used:
            return match[0]
        used[id(term)] = term
        return LINK.format(len(used), match[0])

    for token in tokens(html):
        part, name, step = token.raw, token.name, token.step
        barred += step if name in NOT_IN else 0
        out.append(part if name or barred else pattern.sub(link, part))
    return "".join(out), list(used.values())


def _owners(terms: Iterable[HasForms]) -> dict[str, HasForms]:
    """{whatever a form may be looked up by: its term}. The exact way counts first: ICE
    and ice may be two words."""
    forms = [(_keys(form), term) for term in terms for form in term.all_forms]
    owners: dict[str, HasForms] = {}
    for ways in zip(*(keys for keys, _ in forms), strict=True):
        for key, (_, term) in zip(ways, forms, strict=True):
            owners.setdefault(key, term)
    return owners


def _keys(form: str) -> list[str]:
    """As compared; in small letters; with its dashes, too. A heading in capitals uses
    any word."""
    return [fold(form), fold(form).casefold(), _spaced(form).casefold()]


def _spaced(form: str) -> str:
    plain = unicodedata.normalize("NFC", " ".join(form.split()))
    return re.sub(HYPHEN, "-", plain)


def fold(form: str) -> str:
    """As forms are compared: kinds of space and of accents do not matter. Nor does
    case, but in an abbreviation; there dashes, dots and a plural do not."""
    words = _spaced(form).split(" ")
    folded = [
        _SIGNS.sub("", word) if is_strict(word) else word.casefold() for word in words
    ]
    places = [n for n, word in enumerate(words) if is_strict(word)]
    # "ICE detainers" are several of what "ICE detainer" is.
    for place in {*places, *([-1] if places else [])}:
        folded[place] = _PLURAL.sub("", folded[place])
    return " ".join(folded)


def is_strict(word: str) -> bool:
    """Whether case tells the word from another: two capitals, or one beside a digit.
    ICE is not ice, nor PERM a perm."""
    capitals = sum(map(str.isupper, word))
    return capitals > 1 or capitals == 1 and any(map(str.isdigit, word))


@lru_cache(maxsize=8)
def pattern_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all. Grouped by their first letter, so that at a place in the
    text only a few are tried: 500 words with two further forms each are found in
    40,000 words in a tenth of a second, ungrouped in more than one."""
    ways = {way for form in forms for way in _ways(form)}
    ordered = sorted(ways, key=lambda way: (way[0], -way[2], way[1]))
    groups = [
        f"{first}(?:{'|'.join(rest for _, rest, _ in group)})"
        for first, group in groupby(ordered, key=lambda way: way[0])
    ]
    return re.compile(
        rf"(?<![&{_INSIDE}])(?:{'|'.join(groups)})(?![{_INSIDE}])", re.IGNORECASE
    )


def _ways(form: str) -> Iterator[tuple[str, str, int]]:
    """How a form may be typed: (pattern of the first sign, of the rest, length). An
    accent is part of its letter, or follows it."""
    for kind in ("NFC", "NFD"):
        first, *others = unicodedata.normalize(kind, _spaced(form)).split(" ")
        case = str if is_strict(first) else str.casefold
        begins, rest = case(first)[0], case(first)[1:]
        letter = _exactly(begins) if is_strict(first) else _escaped(begins)
        words = [_word(first, rest), *(_word(word, word) for word in others)]
        yield letter, _SPACE.join(words) + _ending([first, *others]), len(form)


def _word(word: str, part: str) -> str:
    """The pattern of a part of a word, to its end."""
    if not is_strict(word):
        return HYPHEN.join(map(_escaped, part.casefold().split("-")))
    bare = _SIGNS.sub("", part)
    signs = {**dict.fromkeys(DASHES, rf"{_ANY_DASH}?"), ".": r"\.?"}
    ways = ["".join(signs.get(sign, _escaped(sign)) for sign in part)]
    if bare.isalpha() and bare.isupper():  # FBI is F.B.I., too
        dots = r"\.".join(map(_escaped, bare))
        ways.append(rf"\.{dots}\.?" if len(part) < len(word) else rf"{dots}\.?")
    return f"(?-i:{'|'.join(ways)})"


def _ending(words: list[str]) -> str:
    return "(?-i:['’]?s)?" if any(map(is_strict, words)) else ""


def _exactly(text: str) -> str:
    return f"(?-i:{_escaped(text)})"


def _escaped(text: str) -> str:
    return re.escape(escape(text, quote=False))
