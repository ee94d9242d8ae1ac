"""Several articles in one page: marked as such, or each with its own date. Pure."""

from __future__ import annotations

from lawblog.html.element import HEADINGS, Element
from lawblog.html.leftout import shortened

from ..article import Finding, Found
from ..bylines import dated_byline

_ASIDE = {"aside", "footer", "nav", "header"}
# Of the longest; what is shorter is a teaser for another page.
_LEAST = 0.25


def marked_articles(root: Element) -> tuple[list[Element], list[Element]]:
    """(the articles of a page, other things that it calls one), in its order: those
    that have a heading and are not much shorter than the longest."""
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name == "article" and element.text():
            found.append(element)
        elif element.name not in _ASIDE:
            inner = [c for c in element.children if isinstance(c, Element)]
            waiting += reversed(inner)
    longest = max((len(one.text()) for one in found), default=0)
    whole = [one for one in found if _is_whole(one, longest)]
    return whole, [one for one in found if one not in whole]


def _is_whole(article: Element, longest: int) -> bool:
    length = len(article.text())
    has_title = bool(own_title(article)[0])
    return length == longest or (has_title and length >= longest * _LEAST)


def own_title(article: Element) -> tuple[str, str]:
    """(an article's first heading, where it leads, as in lists of whole articles)."""
    heading = article.find(lambda e: e.name in HEADINGS and bool(e.text()))
    if heading is None:
        return "", ""
    link = heading.find(lambda e: bool(e.get("href")))
    return heading.text(), link.get("href") if link else ""


def say_how_many(found: Found, number: int) -> None:
    found.say(f"This file holds {number} articles. Is each of them whole?")


def left_out(others: list[Element]) -> list[Finding]:
    sentence = "Left out: another article that the page shows."
    return [Finding(sentence, shortened(one.text(), 80)) for one in others]


def say_further_titles(body: Element, found: Found) -> None:
    """Headings that have a date below, as titles of articles do."""
    blocks = [e for e in body.walk() if e.name in (*HEADINGS, "p", "time")]
    for before, block in zip(blocks, blocks[1:], strict=False):
        title = before.text()
        if before.name not in HEADINGS or not title or title == found.title:
            continue
        if dated_byline(block.short_text(160)):
            found.say("Another article seems to begin here. Divide it.", title)
