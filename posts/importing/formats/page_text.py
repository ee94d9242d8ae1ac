"""Finds the article's text in a page, and removes what surrounds it."""

from __future__ import annotations

import re

from lawblog.html.element import Element

from ..article import Found
from ..bylines import dated_byline
from .page_facts import LINES, without_by

_NOT_TEXT = {"nav", "header", "footer", "aside", "form", "dialog", "menu"}
_NOT_TEXT_ROLES = {"navigation", "banner", "contentinfo", "search"}
# In this order: the first that is there holds the text.
_BODY_HOOKS = (
    ("data-hook", "post-description"),
    ("data-id", "content-viewer"),
    ("itemprop", "articleBody"),
)
_BODY_CLASSES = (
    "e-content entry-content post-content article-content post-body blog-post-content "
    "post__content article__body article-body blog-item-content sqs-layout "
    "gh-content kg-canvas available-content td-post-content"
).split()
_BLOCKS_OF_WORDS = ("h1", "h2", "h3", "h4", "p", "li", "td")
_TITLE_CLASSES = {"title", "MsoTitle"}
_META = re.compile(
    r"post-meta|entry-meta|byline|time-to-read|time-ago|user-name|post-date|entry-date"
    r"|published|post-header|entry-header|share"
)


def find_text(root: Element) -> tuple[Element, bool]:
    """(the element that holds the text, whether the page marks it as that)."""
    for name, value in _BODY_HOOKS:
        if found := root.find(lambda e: e.get(name) == value):  # noqa: B023
            return found, True
    by_class: dict[str, Element] = {}
    for element in root.walk():
        for name in element.classes & set(_BODY_CLASSES) if element.attributes else ():
            if name not in by_class and element.text():
                by_class[name] = element
    for name in _BODY_CLASSES:
        if name in by_class:
            return by_class[name], True
    articles = [e for e in root.walk() if e.name == "article" and e.text()]
    if articles:
        return max(articles, key=lambda e: len(e.text())), False
    main = root.find(lambda e: e.name == "main" or e.get("role") == "main")
    body = root.find(lambda e: e.name == "body")
    return main or body or root, False


def first_words(text: Element) -> str:
    """The first words of the text, if they are a heading or stand alone."""
    blocks = (e for e in text.walk() if e.name in _BLOCKS_OF_WORDS and e.text())
    first = next((e for e in blocks if not dated_byline(e.short_text(160))), None)
    # With its notes or pictures it belongs to the text; bookmarks lead nowhere.
    if first is None or first.find(lambda e: bool(e.get("href")) or e.name == "img"):
        return ""
    words = first.text()
    is_heading = first.name[0] == "h" or bool(first.classes & _TITLE_CLASSES)
    is_short = len(words) <= 100 and not re.search(r"[.:;,]$", words)
    # An item or a cell belongs to its list or table.
    return words if is_heading or (first.name == "p" and is_short) else ""


def drop_furniture(body: Element, found: Found) -> None:
    """Navigation, header and footer around a text that nothing marks."""
    gone = body.remove(
        lambda e: e.name in _NOT_TEXT or e.get("role") in _NOT_TEXT_ROLES
    )
    for element in gone:
        if (words := element.text()) and element.name != "form":
            heading = element.find(lambda e: e.name in ("h1", "h2"))
            if element.name == "header" and heading and found.title == heading.text():
                continue
            found.say(f"Left out: the page’s {element.name}.", words[:80])


def drop_repeated(body: Element, found: Found) -> None:
    """Take out title, byline and date above the text: they are fields of their own."""
    above: set[int] = set()
    for element in body.walk():
        if _is_repeated(element, found):
            above.add(id(element))
        elif element.name in ("p", "li", "td") and len(element.text()) > 60:
            break
    body.remove(lambda e: id(e) in above)
    body.remove(
        lambda e: (
            e.name in ("p", "div", "span") and bool(_META.search(e.get("data-hook")))
        )
    )


def _is_repeated(element: Element, found: Found) -> bool:
    words = element.short_text(200)
    is_heading = element.name in ("h1", "h2", "h3", "p")
    if is_heading and words and words.casefold() == found.title.casefold():
        return True
    if not words or element.name not in LINES:
        return False
    is_date = bool(found.published) and bool(dated_byline(words))
    byline = without_by(words).casefold()
    return is_date or (bool(found.author) and byline == found.author.casefold())
