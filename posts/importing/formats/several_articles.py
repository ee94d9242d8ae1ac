"""Several articles in one page: marked as such, or each with its own date. Pure."""

from __future__ import annotations

from lawblog.html.element import HEADINGS, Element
from lawblog.html.footnotes import move_notes
from lawblog.html.left_out import shortened

from ..article import Finding, Found
from ..bylines import dated_byline

_ASIDE = {"aside", "footer", "nav", "header"}
# Of the longest; what is shorter is a teaser for another page.
_MIN_SHARE = 0.25
# Characters above the first title: the name of the site.
_MAX_LENGTH_ABOVE = 100


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
    return length == longest or (has_title and length >= longest * _MIN_SHARE)


def divided(text: Element) -> list[Element]:
    """The articles that follow each other in a text that marks none: each begins with a
    title in the style of one, or with a heading above a date. [] where it is one."""
    move_notes(text)  # they stand at the end of all
    blocks = _blocks(text)
    starts = [at for at, block in enumerate(blocks) if _is_title(block)]
    starts = starts if len(starts) > 1 else _dated_headings(blocks)
    if len(starts) < 2 or _words(blocks[: starts[0]]) > _MAX_LENGTH_ABOVE:
        return []
    cuts = [0, *starts[1:], len(blocks)]
    parts = [blocks[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    least = max(map(_words, parts)) * _MIN_SHARE
    if any(_words(part) < least for part in parts):
        return []
    return [_element(part) for part in parts]


def _blocks(text: Element) -> list[Element]:
    """Those on the level on which the text stands, in its order."""
    while True:
        blocks = [c for c in text.children if isinstance(c, Element) and c.text()]
        if len(blocks) != 1 or blocks[0].name not in ("div", "body", "main", "html"):
            return [c for c in text.children if isinstance(c, Element)]
        text = blocks[0]


def _is_title(block: Element) -> bool:
    return bool(block.classes & {"title", "MsoTitle"}) and bool(block.text())


def _dated_headings(blocks: list[Element]) -> list[int]:
    filled = [(at, block) for at, block in enumerate(blocks) if block.text()]
    return [
        at
        for (at, block), (_, after) in zip(filled, filled[1:], strict=False)
        if block.name in HEADINGS and dated_byline(after.short_text(160))
    ]


def _words(blocks: list[Element]) -> int:
    return sum(len(block.text()) for block in blocks)


def _element(blocks: list[Element]) -> Element:
    whole = Element("")
    whole.children = [*blocks]
    return whole


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
