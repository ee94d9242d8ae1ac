"""The Policy Manual, the Federal Register, orders, proclamations and the Foreign
Affairs Manual."""

import re
from collections.abc import Iterator

from .citation import Group, Item, alone
from .lists import NUMBER_SIGN

_VOLUME = r"(?i:vol(?:ume|umen|\.)?) ?(?P<{v}>\d{{1,2}})"
_PART = r"(?i:part[e]?|pt\.) ?(?P<{p}>[A-Z])(?![\w])"
_CHAPTER = r"(?i:chapters?|ch\.|cap[ií]tulos?|cap\.) ?(?P<{c}>\d{{1,2}})(?!\w|\.\d)"
_MANUAL = r"(?i:Policy Manual|Manual de Pol[ií]ticas?(?: del? USCIS)?)|USCIS[- ]?PM"
_CALLED = r"(?: \([^()]{1,60}\))?"  # "Volume 12 (Citizenship)"
_TO = rf"{_CALLED}(?:,? ?\(?(?:at |en (?:el |su )?|in |del? |of )?| ?- ?)"


def _ordered(suffix: str) -> str:
    volume, part, chapter = (
        shape.format(v=f"v{suffix}", p=f"p{suffix}", c=f"c{suffix}")
        for shape in (_VOLUME, _PART, _CHAPTER)
    )
    return rf"{volume}(?:{_TO}{part}(?:{_TO}{chapter})?)?"


_C, _P, _V = (
    shape.format(v="v3", p="p3", c="c3") for shape in (_CHAPTER, _PART, _VOLUME)
)
_OF_MANUAL = rf",? (?:of|in|del?|en) (?:the |el )?(?:USCIS(?:'s)? |su )?(?:{_MANUAL})"
_WITHIN = "(?:, |,? (?:of|del?|de la) (?:the )?)"
# What most texts lack is soon looked for: without it, nothing below is.
_HAS_MANUAL = re.compile(r"USCIS[- ]?PM|(?i:policy manual|manual de pol)")
_PM = re.compile(
    rf"(?:{_MANUAL})(?: \((?:PM|USCIS-PM)\))?{_TO}{_ordered('1')}"
    rf"|{_ordered('2')}{_OF_MANUAL}"
    rf"|(?:{_C}{_WITHIN})?{_P}{_WITHIN}{_V}{_OF_MANUAL}"
    r"|(?<![\w.-])(?P<v4>\d{1,2}) USCIS[- ]?PM(?:,? ?(?:Part )?(?P<p4>[A-Z])(?:[."
    r" ](?:ch\. ?)?(?P<c4>\d{1,2}))?(?![A-Za-z]))?"
)
_REGISTER = re.compile(
    r"(?<![\w.,$-])(?P<v>\d{1,3}) ?(?:Fed\. ?Reg\.?|Fed Reg|FR|F\. ?R\."
    r"|(?i:Federal Register|Registro Federal)),? ?"
    r"(?:(?i:at|p\.|pp\.|page|p[aá]g\.|p[aá]gina|en la p[aá]gina)"
    r" ?)?(?P<p>\d{1,3},\d{3}|\d{1,6})(?!\w|-(?!\d{2,6}(?!\w))\w{3})"
    r"|(?=[FfRr])(?i:Federal Register|Registro Federal),? (?i:vol(?:\.|ume"
    rf"|umen)?) ?(?P<v2>\d{{1,3}}),? ?(?:{NUMBER_SIGN} ?\d{{1,3}},? ?)?"
    r"(?i:at|p\.|pp\.|page|p[aá]g\.|p[aá]gina) ?(?P<p2>\d{1,3},\d{3}|\d{1,6})"
)
_ORDER = re.compile(
    r"(?<!\w)(?=[EeOoÓóPp])(?:(?P<eo>(?i:executive orders?|(?:orden"
    r"|[oó]rdenes) ejecutivas?)|Exec\. ?Orders?|(?:E\. ?O|O\. ?E)\.|EOs?|OE)"
    r"|(?P<proc>(?i:proclamations?|proclama(?:s|ci[oó]n(?:es)?)?"
    r"(?: presidencial(?:es)?)?)"
    r"|Proc\.))"
    r"(?: \((?:E\. ?O\.|EO)\))?[ -](?:"
    rf"{NUMBER_SIGN} ?)?(?=\d)"
)
_ORDER_NUMBER = re.compile(r"(?:\d{4,5}|\d\d,\d{3})(?![\w,]\w|\w)")
_ORDER_AND = re.compile(r"(?:,? (?:and|or|y|e|o|u|&) (?:the |las? )?|, ?|/)(?=\d)")
_FOREIGN = re.compile(
    r"(?<![\w.-])(?P<v>\d{1,2}) FAM ?(?:§ ?)?(?P<c>\d{3,4})(?:\.(?P<s>\d{1,2}))?"
    r"(?:-(?P<b>\d{1,2})(?P<more>(?:\([A-Za-z0-9]{1,3}\)){0,6}))?(?!\w)"
)


def find(text: str) -> Iterator[Group]:
    if _HAS_MANUAL.search(text):
        for match in _PM.finditer(text):
            yield alone(_manual_key(match), *match.span())
    for match in _REGISTER.finditer(text):
        volume = int(match["v"] or match["v2"])
        page = int((match["p"] or match["p2"]).replace(",", ""))
        if 1 <= volume <= 150 and page:
            yield alone(f"fr.{volume}.{page}", *match.span())
    for head in _ORDER.finditer(text):
        if items := list(_orders(text, head)):
            yield Group(head.start(), items[-1].end, items)
    for match in _FOREIGN.finditer(text):
        more = re.findall(r"\w+", match["more"] or "")
        levels = [match["v"], match["c"], match["s"], match["b"], *more]
        known = levels if match["s"] else levels[:2]
        key = ".".join(["fam", *filter(None, known)])
        yield alone(key, *match.span())


def _manual_key(match: re.Match[str]) -> str:
    """pm.7.B.2 from whichever order it was written in."""
    levels = [
        next(filter(None, (match[f"{level}{way}"] for way in "1234")), None)
        for level in "vpc"
    ]
    return ".".join(["pm", *(level for level in levels if level)])


def _orders(text: str, head: re.Match[str]) -> Iterator[Item]:
    """The numbers of one or more orders, at most twelve."""
    name, place = "eo" if head["eo"] else "proc", head.end()
    for _ in range(12):
        number = _ORDER_NUMBER.match(text, place)
        if not number:
            return
        yield Item(f"{name}.{number[0].replace(',', '')}", *number.span())
        following = _ORDER_AND.match(text, number.end())
        if not following:
            return
        place = following.end()
